"""Words that staff may not write on public pages; the rule stands where promises find it too."""

from feedback.releases.claims import check_claims_nothing as check_claims_nothing
