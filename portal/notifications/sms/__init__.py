"""SMS: registered templates, and the ways in which a message can leave the house."""
