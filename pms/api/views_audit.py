"""The night audit as it would go: what blocks, who becomes a no-show, what would be posted. It is run in the house."""

from __future__ import annotations

from pms import clock
from pms.api.answers import shown, tell
from pms.api.door import Door
from pms.api.schemas_night import AuditStepOut, FindingOut, NoShowOut, RehearsalOut, WouldPost
from pms.night_audit.rules import Finding
from pms.night_audit.standing import StepLine, stand
from pms.web.gate import me

bp = Door("Night audit")


@bp.does("GET /night-audit", needs="run_audit")
def rehearse_audit() -> RehearsalOut:
    """Where the day stands; nothing is written."""
    standing = stand(me(), clock.now())
    rehearsal = standing.rehearsal
    posted = rehearsal.posted.items() if rehearsal else ()
    return RehearsalOut(
        day=standing.day,
        running=standing.progress.running,
        refused=tell(standing.refused.reason) if standing.refused else "",
        blockers=[_finding(each) for each in rehearsal.blockers] if rehearsal else [],
        warnings=[_finding(each) for each in rehearsal.warnings] if rehearsal else [],
        no_shows=[shown(NoShowOut, each) for each in rehearsal.no_shows] if rehearsal else [],
        postings=[shown(WouldPost, each, kind=kind) for kind, each in posted if each.count],
        steps=[_step(line) for line in standing.progress.lines(rehearsal)],
    )


def _finding(finding: Finding) -> FindingOut:
    return shown(FindingOut, finding, text=tell(finding.text))


def _step(line: StepLine) -> AuditStepOut:
    note = tell(line.note) if line.note else ""
    return shown(AuditStepOut, line, name=line.step.name, title=tell(line.step.title), note=note)
