"""What the templates of the pages show, worked out beforehand, so that they hold no rule."""
