"""What transactions talk about, as frozen records: claims, remittances, members, answers, acknowledgements."""

from crosswalk.core.formats.x12.records.acknowledgements import (
    ElementNote,
    GroupAnswer,
    InterchangeAnswer,
    SegmentNote,
    SetAnswer,
)
from crosswalk.core.formats.x12.records.authorizations import Authorization, AuthorizedService, Review
from crosswalk.core.formats.x12.records.building import Kept, draft, record, unread
from crosswalk.core.formats.x12.records.claims import (
    Attachment,
    BillingProvider,
    Claim,
    ClaimBatch,
    Diagnosis,
    LineDecision,
    OtherPayer,
    Patient,
    ServiceLine,
    Subscriber,
)
from crosswalk.core.formats.x12.records.eligibility import (
    Benefit,
    EligibilityBatch,
    Inquiry,
    Refusal,
    Request,
)
from crosswalk.core.formats.x12.records.enrollment import Coverage, EnrollmentBatch, Member
from crosswalk.core.formats.x12.records.envelope import (
    Group,
    GroupEnd,
    Interchange,
    InterchangeEnd,
    OtherSegments,
    SetEnd,
    SetStart,
)
from crosswalk.core.formats.x12.records.parties import (
    Address,
    Adjustment,
    Contact,
    Dated,
    Party,
    Procedure,
    Valued,
)
from crosswalk.core.formats.x12.records.payments import PremiumLine, PremiumPayment
from crosswalk.core.formats.x12.records.remittances import (
    PaidClaim,
    PaidLine,
    ProviderAdjustment,
    Remittance,
)
from crosswalk.core.formats.x12.records.status import Status, StatusBatch, StatusItem, StatusLevel

__all__ = [
    "Address",
    "Adjustment",
    "Attachment",
    "Authorization",
    "AuthorizedService",
    "Benefit",
    "BillingProvider",
    "Claim",
    "ClaimBatch",
    "Contact",
    "Coverage",
    "Dated",
    "Diagnosis",
    "ElementNote",
    "EligibilityBatch",
    "EnrollmentBatch",
    "Group",
    "GroupAnswer",
    "GroupEnd",
    "Inquiry",
    "Interchange",
    "InterchangeAnswer",
    "InterchangeEnd",
    "Kept",
    "LineDecision",
    "Member",
    "OtherPayer",
    "OtherSegments",
    "PaidClaim",
    "PaidLine",
    "Party",
    "Patient",
    "PremiumLine",
    "PremiumPayment",
    "Procedure",
    "ProviderAdjustment",
    "Refusal",
    "Remittance",
    "Request",
    "Review",
    "SegmentNote",
    "ServiceLine",
    "SetAnswer",
    "SetEnd",
    "SetStart",
    "Status",
    "StatusBatch",
    "StatusItem",
    "StatusLevel",
    "Subscriber",
    "Valued",
    "draft",
    "record",
    "unread",
]
