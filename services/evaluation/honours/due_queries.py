"""What is owed of commendations: the form of each proposed subject by its day."""

from __future__ import annotations

from typing import Final

from programmes.obligation import Obligation
from programmes.readers.commendation import FORM_DEADLINE
from programmes.roles import CITIES

FORM: Final = Obligation(
    "commendation_form",
    "报送先进集体和优秀个人登记表",
    FORM_DEADLINE,
    CITIES,
    source="commendations",
    subject="s.subject",
    area="s.sending",
    person="s.person",
    since="s.proposed_on",
    on=lambda last: last,
    met="s.form_filed_on",
)
