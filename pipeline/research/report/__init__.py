"""A page that shows the tables, opens from a disk without a network, and leads from every mark to its words."""
