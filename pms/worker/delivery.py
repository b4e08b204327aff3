"""Papers out of the archive to those who read them: a folder for each department, and by mail where one is set up."""

from __future__ import annotations

import os
import smtplib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from email.message import EmailMessage
from functools import partial
from pathlib import Path

from flask import current_app

from pms.db import reading
from pms.departments import DEPARTMENT_NAMES, Department
from pms.night_audit import queries
from pms.night_audit.models import Paper
from pms.property.queries import hotel
from pms.reporting.catalogue import Report
from pms.say import say, translate
from pms.worker.claims import once

SEEN_BY_MANY = "see_papers"
SECONDS = 30


def to_folders(day: date, wanted: Iterable[Report]) -> int:
    """Each department's papers of `day` into PMS_PAPERS_FOLDER/DEPARTMENT/DATE; returns how many files there are now.

    Doing it again writes the same files. Nothing is written where no folder is set.
    """
    root = current_app.config["PAPERS_FOLDER"]
    if not root:
        return 0
    count = 0
    for department in Department:
        for paper, name in _papers_for(department, day, wanted):
            write_whole(Path(root) / department.value / day.isoformat() / name, paper.content)
            count += 1
    return count


def by_mail(day: date, wanted: Sequence[Report], *, due: datetime, now: datetime) -> list[str]:
    """One mail with its papers to each department that has an address; returns the departments written to now.

    Papers that not everybody may read (guests without disclosure, revenue) are not sent by mail.
    """
    if not current_app.config["SMTP_HOST"]:
        return []
    names = "+".join(sorted({report.when.value for report in wanted}))
    sent = []
    for department, address in addresses().items():
        papers = [(p, name) for p, name in _papers_for(department, day, wanted) if p.needs == SEEN_BY_MANY]
        post = partial(_send, _mail(department, address, day, papers))
        if papers and once(f"mail {names} {department}"[:60], due, post, now=now):
            sent.append(department.value)
    return sent


def addresses() -> dict[Department, str]:
    """From PMS_PAPERS_MAIL: `housekeeping=hk@hotel.example,concierge=bell@hotel.example`."""
    pairs = (entry.partition("=") for entry in current_app.config["PAPERS_MAIL"])
    return {Department(name.strip()): address.strip() for name, _, address in pairs if address.strip()}


def write_whole(file: Path, content: bytes) -> None:
    """The file is there as a whole or not at all, and for the service alone."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    part.write_bytes(content)
    part.chmod(0o640)
    part.replace(file)


def _papers_for(department: Department, day: date, wanted: Iterable[Report]) -> list[tuple[Paper, str]]:
    """The archived papers a department reads, with names for files: `N1-01-next_day_arrivals.pdf`."""
    keys = {(report.code, report.audience): report for report in wanted if department in report.readers}
    with reading():
        lines = [line for line in queries.papers_of(day) if (line.code, line.audience) in keys]
        found = [queries.paper(line.id) for line in lines]
    return [(paper, f"{paper.code}-{keys[paper.code, paper.audience].key}.pdf") for paper in found if paper]


def _mail(department: Department, address: str, day: date, papers: list[tuple[Paper, str]]) -> EmailMessage:
    with reading():
        row = hotel()
    lang = "zh" if row.paper_language == "zh" else "en"
    who = DEPARTMENT_NAMES[department]
    mail = EmailMessage()
    mail["From"], mail["To"] = current_app.config["MAIL_FROM"], address
    mail["Subject"] = translate(say("Papers of {day} for: {department}", day=day, department=who), lang)
    name = row.name_zh if lang == "zh" else row.name_en
    text = say("{hotel}: {count} papers are attached. They are not to be passed on.", hotel=name, count=len(papers))
    mail.set_content(translate(text, lang))
    for paper, file in papers:
        mail.add_attachment(paper.content, maintype="application", subtype="pdf", filename=file)
    return mail


def _send(mail: EmailMessage) -> str:
    settings = current_app.config
    with smtplib.SMTP(settings["SMTP_HOST"], settings["SMTP_PORT"], timeout=SECONDS) as server:
        if settings["SMTP_TLS"]:
            server.starttls()
        if settings["SMTP_USER"]:
            server.login(settings["SMTP_USER"], settings["SMTP_PASSWORD"])
        server.send_message(mail)
    return str(mail["To"])
