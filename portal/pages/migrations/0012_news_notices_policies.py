import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import portal.pages.models.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal_accounts', '0005_reviewer'),
        ('portal_pages', '0011_editors_keep_topics'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='InterpretationIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, max_length=200, verbose_name='摘要')),
            ],
            options={
                'verbose_name': '政策解读目录',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NewsIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, max_length=200, verbose_name='摘要')),
            ],
            options={
                'verbose_name': '新闻目录',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NoticeIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, max_length=200, verbose_name='摘要')),
            ],
            options={
                'verbose_name': '公示公告目录',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='PolicyIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, max_length=200, verbose_name='摘要')),
            ],
            options={
                'verbose_name': '政策文件目录',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NewsPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, max_length=200, verbose_name='摘要')),
                ('date', models.DateField(verbose_name='发布日期')),
                ('source', models.CharField(blank=True, help_text='例如：区教育局。不填，就是网站的主办单位。', max_length=80, verbose_name='来源')),
                ('author', models.CharField(blank=True, max_length=60, verbose_name='作者或责任编辑')),
                ('body', portal.pages.models.fields.BlocksField(blank=True, verbose_name='正文')),
                ('related', portal.pages.models.fields.BlocksField(blank=True, verbose_name='相关页面')),
                ('topics', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='%(class)ss', to='portal_pages.topic', verbose_name='主题')),
            ],
            options={
                'verbose_name': '新闻',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='PolicyPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, max_length=200, verbose_name='摘要')),
                ('date', models.DateField(verbose_name='发布日期')),
                ('source', models.CharField(blank=True, help_text='例如：区教育局。不填，就是网站的主办单位。', max_length=80, verbose_name='来源')),
                ('author', models.CharField(blank=True, max_length=60, verbose_name='作者或责任编辑')),
                ('body', portal.pages.models.fields.BlocksField(blank=True, verbose_name='正文')),
                ('related', portal.pages.models.fields.BlocksField(blank=True, verbose_name='相关页面')),
                ('number', models.CharField(help_text='例如：澄政办发〔2026〕12号。', max_length=60, verbose_name='文号')),
                ('issued_on', models.DateField(verbose_name='成文日期')),
                ('in_force_on', models.DateField(verbose_name='施行日期')),
                ('expires_on', models.DateField(blank=True, help_text='最后有效的一天；没有期限的不填。', null=True, verbose_name='有效期至')),
                ('repealed_on', models.DateField(blank=True, help_text='从这一天起不再有效。', null=True, verbose_name='废止日期')),
                ('attachments', portal.pages.models.fields.BlocksField(blank=True, verbose_name='附件下载')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portal_accounts.office', verbose_name='发文机关')),
                ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='replaced_by', to='portal_pages.policypage', verbose_name='取代的文件')),
                ('topics', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='%(class)ss', to='portal_pages.topic', verbose_name='主题')),
            ],
            options={
                'verbose_name': '政策文件',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='InterpretationPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, max_length=200, verbose_name='摘要')),
                ('date', models.DateField(verbose_name='发布日期')),
                ('source', models.CharField(blank=True, help_text='例如：区教育局。不填，就是网站的主办单位。', max_length=80, verbose_name='来源')),
                ('author', models.CharField(blank=True, max_length=60, verbose_name='作者或责任编辑')),
                ('body', portal.pages.models.fields.BlocksField(blank=True, verbose_name='正文')),
                ('related', portal.pages.models.fields.BlocksField(blank=True, verbose_name='相关页面')),
                ('kind', models.CharField(choices=[('diagram', '图解'), ('answers', '问答'), ('expert', '专家解读'), ('spokesperson', '发言人解读')], default='answers', max_length=12, verbose_name='形式')),
                ('topics', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='%(class)ss', to='portal_pages.topic', verbose_name='主题')),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interpretations', to='portal_pages.policypage', verbose_name='解读的文件')),
            ],
            options={
                'verbose_name': '政策解读',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NoticePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, max_length=200, verbose_name='摘要')),
                ('date', models.DateField(verbose_name='发布日期')),
                ('source', models.CharField(blank=True, help_text='例如：区教育局。不填，就是网站的主办单位。', max_length=80, verbose_name='来源')),
                ('author', models.CharField(blank=True, max_length=60, verbose_name='作者或责任编辑')),
                ('body', portal.pages.models.fields.BlocksField(blank=True, verbose_name='正文')),
                ('related', portal.pages.models.fields.BlocksField(blank=True, verbose_name='相关页面')),
                ('kind', models.CharField(choices=[('publicity', '公示'), ('announcement', '公告'), ('consultation', '征求意见'), ('recruitment', '招聘'), ('circular', '通告')], default='publicity', max_length=12, verbose_name='类别')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='文号')),
                ('starts_on', models.DateField(blank=True, help_text='公布的那一天；当天不计入，从次日数起。没有期限的公告不填。', null=True, verbose_name='起算日')),
                ('period_length', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(250)], verbose_name='期限')),
                ('period_unit', models.CharField(choices=[('working_day', '个工作日'), ('day', '天')], default='working_day', max_length=11, verbose_name='单位')),
                ('period_basis', models.CharField(blank=True, help_text='法规名称和条款，公开显示。', max_length=200, verbose_name='期限的依据')),
                ('ends_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('ends_expected', models.BooleanField(default=False, editable=False)),
                ('how_to_object', models.TextField(blank=True, max_length=400, verbose_name='怎样提意见')),
                ('phone', models.CharField(blank=True, max_length=60, verbose_name='联系电话')),
                ('address', models.CharField(blank=True, max_length=120, verbose_name='地址')),
                ('attachments', portal.pages.models.fields.BlocksField(blank=True, verbose_name='附件下载')),
                ('outcome', wagtail.fields.RichTextField(blank=True, help_text='期满以后补上：收到多少意见，怎样处理。', verbose_name='结果')),
                ('outcome_on', models.DateField(blank=True, null=True, verbose_name='结果公布日期')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portal_accounts.office', verbose_name='发布单位')),
                ('topics', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='%(class)ss', to='portal_pages.topic', verbose_name='主题')),
            ],
            options={
                'verbose_name': '公示公告',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('period_length', None), ('starts_on', None)), models.Q(('period_length__gte', 1), ('period_length__isnull', False), ('starts_on__isnull', False)), _connector='OR'), name='pages_notice_whole_period'), models.CheckConstraint(condition=models.Q(('outcome', ''), ('outcome_on__isnull', False), _connector='OR'), name='pages_notice_outcome_has_a_day')],
            },
            bases=('wagtailcore.page',),
        ),
        migrations.AddConstraint(
            model_name='policypage',
            constraint=models.CheckConstraint(condition=models.Q(('expires_on', None), ('expires_on__gte', models.F('in_force_on')), _connector='OR'), name='pages_policy_expires_after_it_begins'),
        ),
    ]
