"""What signs of a wrong boundary are worth: which are doubts alone, which together, and of what."""

from __future__ import annotations

SURE = (
    "name.broken",
    "email.begins_before",
    "title.label_at_edge",
    "title.half_post",
    "title.apart",
    "title.office_line",
    "title.post_line",
    "title.office_alone",
    "title.of_office",
    "title.name_inside",
    "title.label_inside",
    "organization.label_at_edge",
    "organization.unseparated",
    "organization.lone",
    "organization.goes_on",
    "organization.small",
    "name.role_at_edge",
    "name.inside_word",
    "name.closed_up",
    "name.letter_before",
    "name.uneven_space",
    "name.fewer",
    "title.glued",
    "organization.glued",
    "title.ragged",
    "title.gap",
    "organization.ragged",
    "organization.separator_inside",
    "title.open",
    "organization.open",
    "row.mixed_order",
    "role.in_place",
    "title.joins_before",
    "organization.post_inside",
    "role.cuts",
    "title.title_small",
    "title.in_parts",
    "title.separator_inside",
    "row.unclaimed",
    "row.unclaimed_word",
    "row.goes_on",
    "row.other_list",
    "row.address_inside",
)
"""Signs of which each alone is a doubt: about as often wrong as right where it was seen, on seven
hands of 28 November 2026 (letters right)."""
TOGETHER = (
    ("title.headless", "name.tagger_differs"),
    ("title.headless", "row.after_name"),
    ("title.behind_address", "row.rule_entry"),
    ("organization.office_below", "organization.behind_comma"),
    ("title.office_below", "title.office_only_inside", "organization.has_organization"),
    # others of the list have an office: here two offices run together in the post; or others have
    # none, and the post went over a line's end
    ("title.two_heads", "title.office_only_inside", "organization.has_organization"),
    (
        "title.wrapped",
        "organization.unit",
        "organization.behind_comma",
        "organization.has_organization",
    ),
)
"""Signs that are a doubt about the first one's field only where all are seen."""
FIELD_OF = {
    "organization.unseparated": "title",
    "organization.lone": "title",
    "organization.goes_on": "title",
    "organization.post_inside": "title",
    "role.cuts": "title",
    "role.in_place": "title",
    "row.mixed_order": "title",
    "row.unclaimed": "title",
    "row.unclaimed_word": "title",
    "row.goes_on": "title",
    "row.other_list": "name",
    "row.address_inside": "email",
}
"""The field to look at, where it is not the one that the sign is named for."""
