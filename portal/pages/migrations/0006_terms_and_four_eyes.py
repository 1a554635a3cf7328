"""Give every site its list of terms, its two groups Chinese names, and its pages a workflow in which two people take part.

Wagtail makes groups "Editors" and "Moderators" and a workflow on installation. Whoever edited until now was in
"Moderators", which may publish; they go on writing, and somebody has to be appointed to release.
"""

import tomllib
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"
GROUPS = {"Editors": "编辑", "Moderators": "审核"}
WORKFLOW, STEP = "页面审核", "审核"
TERM_ACTIONS = ("add", "change", "delete", "view")


def forwards(apps, schema_editor):
    add_terms(apps)
    editors, reviewers = rename_groups(apps, GROUPS)
    move_editors(apps, reviewers, editors)
    let_edit_terms(apps, editors, reviewers)
    install_workflow(apps, reviewers)


def add_terms(apps):
    told = tomllib.loads((DATA / "terms.toml").read_text("utf-8"))
    PreferredTerm = apps.get_model("portal_pages", "PreferredTerm")
    PreferredTerm.objects.bulk_create(
        PreferredTerm(language=language, **row) for language, rows in told.items() for row in rows
    )


def rename_groups(apps, names):
    Group = apps.get_model("auth", "Group")
    for old, new in names.items():
        if not Group.objects.filter(name=new).exists():
            Group.objects.filter(name=old).update(name=new)
    return [Group.objects.get_or_create(name=new)[0] for new in names.values()]


def move_editors(apps, source, target):
    held = apps.get_model("portal_accounts", "Appointment").objects.filter(role="editor", ended_at=None)
    acting = set(held.values_list("user_id", flat=True)) | set(held.values_list("stand_in_id", flat=True)) - {None}
    for user in apps.get_model("portal_accounts", "User").objects.filter(pk__in=acting, groups=source):
        user.groups.remove(source)
        user.groups.add(target)


def let_edit_terms(apps, *groups):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="portal_pages", model="preferredterm"
    )
    for action in TERM_ACTIONS:
        permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type, codename=f"{action}_preferredterm", defaults={"name": f"Can {action} 规范用语"}
        )
        for group in groups:
            group.permissions.add(permission)


def install_workflow(apps, reviewers):
    """Put our step into the place of Wagtail's in the workflow that it has made for the whole tree."""
    Workflow, WorkflowTask = apps.get_model("wagtailcore", "Workflow"), apps.get_model("wagtailcore", "WorkflowTask")
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="portal_pages", model="foureyestask"
    )
    step = apps.get_model("portal_pages", "FourEyesTask").objects.create(name=STEP, content_type=content_type)
    step.groups.add(reviewers)
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    assigned = apps.get_model("wagtailcore", "WorkflowPage").objects.filter(page=root).first()
    workflow = assigned.workflow if assigned else Workflow.objects.create(name=WORKFLOW)
    Workflow.objects.filter(pk=workflow.pk).update(name=WORKFLOW, active=True)
    if assigned is None:
        apps.get_model("wagtailcore", "WorkflowPage").objects.create(workflow=workflow, page=root)
    replaced = list(WorkflowTask.objects.filter(workflow=workflow).values_list("task", flat=True))
    WorkflowTask.objects.filter(workflow=workflow).delete()
    WorkflowTask.objects.create(workflow=workflow, task_id=step.task_ptr_id, sort_order=0)
    apps.get_model("wagtailcore", "Task").objects.filter(pk__in=replaced).update(active=False)


def backwards(apps, schema_editor):
    """Give the groups their old names and the workflow its old step; who was moved stays where they are."""
    apps.get_model("portal_pages", "PreferredTerm").objects.all().delete()
    rename_groups(apps, {new: old for old, new in GROUPS.items()})
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    ours = apps.get_model("portal_pages", "FourEyesTask").objects.values_list("task_ptr_id", flat=True)
    theirs = apps.get_model("wagtailcore", "GroupApprovalTask").objects.order_by("pk").first()
    for row in WorkflowTask.objects.filter(task__in=list(ours)):
        if theirs:
            WorkflowTask.objects.create(workflow_id=row.workflow_id, task_id=theirs.task_ptr_id, sort_order=0)
            apps.get_model("wagtailcore", "Task").objects.filter(pk=theirs.task_ptr_id).update(active=True)
        row.delete()
    apps.get_model("portal_pages", "FourEyesTask").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("portal_pages", "0005_checks"),
        ("portal_accounts", "0005_reviewer"),
        # Those of Wagtail look for the groups by their English names, so that they have to come before.
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]
    operations = [migrations.RunPython(forwards, backwards)]
