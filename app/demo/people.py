"""The cast: who works at Harbour Works, and what becomes of each. All names are invented, mostly from the sea."""

from dataclasses import dataclass
from enum import Enum, auto

from app.domain.members import Role

ORGANIZATION = "Harbour Works"
TIME_ZONE = "Europe/Lisbon"


class Story(Enum):
    """What becomes of somebody after the invitation; `stories/` says how."""

    STEADY = auto()
    FOUNDS = auto()
    # at their own devices
    TWO_DEVICES = auto()
    FIVE_DEVICES = auto()
    NEW_PHONE = auto()
    LOST_PHONE = auto()
    NEW_CODES = auto()
    TWO_CODES_LEFT = auto()
    ONE_CODE_LEFT = auto()
    NO_CODE_LEFT = auto()
    CODES_NOT_SAVED = auto()
    NEW_CODES_NOT_SAVED = auto()
    NO_AUTHENTICATOR = auto()
    CODE_NEVER_RIGHT = auto()
    AUTHENTICATOR_REMOVED = auto()
    FROM_UNKNOWN_BROWSER = auto()
    NEVER_BACK = auto()
    RENAMES_THEMSELVES = auto()
    # shut out, and helped
    LOCKED_NOW = auto()
    LOCKED_AND_HELPED = auto()
    LOCKED_BY_ADMIN = auto()
    PANICKED = auto()
    PASSWORD_GUESSED = auto()
    PASSWORD_STOPPED = auto()
    DOOR_CLOSED = auto()
    PASS_USED = auto()
    PASS_OPEN = auto()
    PASS_RUN_OUT = auto()
    PASS_BY_OPERATOR = auto()
    LINK_USED = auto()
    LINK_OPEN = auto()
    LINK_BY_OPERATOR = auto()
    SESSIONS_ENDED = auto()
    # who they are in the organization
    BECOMES_OWNER = auto()
    BECOMES_ADMIN = auto()
    NO_ADMIN_ANY_MORE = auto()
    RENAMED = auto()
    NEW_ADDRESS = auto()
    OTHER_ADDRESS = auto()
    SUSPENDED = auto()
    SUSPENDED_WITH_OTHERS = auto()
    REACTIVATED = auto()
    REMOVED = auto()
    # invitations nobody took up
    INVITED = auto()
    INVITED_AGAIN = auto()
    RUN_OUT = auto()
    REVOKED = auto()
    REMOVED_BEFORE = auto()


class Wave(Enum):
    """When somebody was invited, in days before now. A wave is one pasted list."""

    FOUNDING = 152.0
    FIRST = 150.0
    SECOND = 97.0
    THIRD = 41.0
    LATELY = 8.0
    TODAY = 0.2


@dataclass(frozen=True, slots=True)
class Part:
    """`role` is what the invitation gives."""

    name: str
    email: str
    wave: Wave
    story: Story
    role: Role = Role.MEMBER


FOUNDER = Part("Marguerite Quai", "marguerite.quai@example.org", Wave.FOUNDING, Story.FOUNDS, Role.OWNER)

CAST = [
    FOUNDER,
    Part("Tomasz Latarnik", "tomasz.latarnik@example.org", Wave.FIRST, Story.BECOMES_OWNER, Role.ADMIN),
    Part("Søren Bølge", "soren.bolge@example.org", Wave.FIRST, Story.TWO_DEVICES, Role.ADMIN),
    Part("Aiko Minato", "aiko.minato@example.org", Wave.FIRST, Story.STEADY, Role.ADMIN),
    Part("Giulia Faro", "giulia.faro@example.org", Wave.FIRST, Story.BECOMES_ADMIN),
    Part("Rafael Âncora", "rafael.ancora@example.org", Wave.FIRST, Story.NO_ADMIN_ANY_MORE, Role.ADMIN),
    Part("Inês Maré", "ines.mare@example.org", Wave.FIRST, Story.LOST_PHONE),
    Part("Ottilie Windward", "ottilie.windward@example.org", Wave.FIRST, Story.STEADY),
    Part("Nkechi Osimiri", "nkechi.osimiri@example.com", Wave.FIRST, Story.STEADY),
    Part("Mehmet Liman", "mehmet.liman@example.org", Wave.FIRST, Story.NEW_PHONE),
    Part("Pádraig Cuan", "padraig.cuan@example.org", Wave.FIRST, Story.TWO_CODES_LEFT),
    Part("Олександр Прибій", "oleksandr.prybii@example.org", Wave.FIRST, Story.STEADY),
    Part("林 港美", "lin.gangmei@example.com", Wave.FIRST, Story.STEADY),
    Part("Kofi Mpoano", "kofi.mpoano@example.org", Wave.FIRST, Story.NO_CODE_LEFT),
    Part(
        "Bartholomew Featherstonehaugh-Breakwater",
        "bartholomew.featherstonehaugh-breakwater@example.com",
        Wave.FIRST,
        Story.NEW_CODES,
    ),
    Part("Ngaire", "ngaire@example.org", Wave.FIRST, Story.STEADY),
    Part("Sigrún Höfn", "sigrun.hofn@example.org", Wave.FIRST, Story.TWO_DEVICES),
    Part("Jean-Baptiste Phare", "jean-baptiste.phare@example.org", Wave.FIRST, Story.PANICKED),
    Part("Thandiwe Lwandle", "thandiwe.lwandle@example.org", Wave.FIRST, Story.LOCKED_AND_HELPED),
    Part("Bảo Hải Cảng", "bao.haicang@example.org", Wave.FIRST, Story.PASS_USED),
    Part("Anneke Zeedijk", "anneke.zeedijk@example.org", Wave.FIRST, Story.PASS_BY_OPERATOR),
    Part("Mihai Farul", "mihai.farul@example.org", Wave.FIRST, Story.LINK_USED),
    Part("Gabriela Enseada", "gabriela.enseada@example.org", Wave.FIRST, Story.SUSPENDED),
    Part("Chiara Ormeggio", "chiara.ormeggio@example.org", Wave.FIRST, Story.REACTIVATED),
    Part("Maialen Itsaso", "maialen.itsaso@example.com", Wave.FIRST, Story.OTHER_ADDRESS),
    Part("Nils Fyr", "nils.fyr@example.org", Wave.FIRST, Story.NEVER_BACK),
    Part("Beatriz Cais", "beatriz.cais@example.org", Wave.FIRST, Story.PASSWORD_GUESSED),
    Part("Gustav Ebb", "gustav.ebb@example.org", Wave.FIRST, Story.REMOVED),
    Part("Nadia Sable", "nadia.sable@example.org", Wave.FIRST, Story.REMOVED),
    Part("Joost Havenaar", "joost.havenaar@example.org", Wave.FIRST, Story.AUTHENTICATOR_REMOVED),
    Part("Yewande Okun", "yewande.okun@example.org", Wave.SECOND, Story.STEADY, Role.OWNER),
    Part("Liisa Majakka", "liisa.majakka@example.org", Wave.SECOND, Story.STEADY),
    Part("ليلى الميناء", "leila.almina@example.com", Wave.SECOND, Story.STEADY),
    Part("Dewi Pelabuhan", "dewi.pelabuhan@example.org", Wave.SECOND, Story.LOCKED_BY_ADMIN),
    Part("Carlos Marejada", "carlos.marejada@example.org", Wave.SECOND, Story.LOCKED_NOW),
    Part("Fatima El Marsa", "fatima.elmarsa@example.org", Wave.SECOND, Story.PASS_OPEN),
    Part("Duncan Skerry", "duncan.skerry@example.com", Wave.SECOND, Story.PASS_RUN_OUT),
    Part("Soledad Bahía", "soledad.bahia@example.org", Wave.SECOND, Story.LINK_OPEN),
    Part("Rhys Angorfa", "rhys.angorfa@example.org", Wave.SECOND, Story.LINK_BY_OPERATOR),
    Part("Viktor Pristan", "viktor.pristan@example.com", Wave.SECOND, Story.SUSPENDED_WITH_OTHERS),
    Part("Lars Ebbe", "lars.ebbe@example.com", Wave.SECOND, Story.SUSPENDED_WITH_OTHERS),
    Part("Samuel Driftwood", "samuel.driftwood@example.org", Wave.SECOND, Story.RENAMED),
    Part("Zofia Fala", "zofia.fala@example.org", Wave.SECOND, Story.RENAMES_THEMSELVES),
    Part("Tariq Shati", "tariq.shati@example.org", Wave.SECOND, Story.PASSWORD_STOPPED),
    Part("Emeka Riptide", "emeka.riptide@example.org", Wave.SECOND, Story.DOOR_CLOSED),
    Part("Camille Jetée", "camille.jetee@example.org", Wave.SECOND, Story.ONE_CODE_LEFT),
    Part("Natalia Nabrzeże", "natalia.nabrzeze@example.org", Wave.SECOND, Story.FIVE_DEVICES),
    Part("Wanjiru Pwani", "wanjiru.pwani@example.org", Wave.SECOND, Story.NO_AUTHENTICATOR),
    Part("Hyun-woo Deungdae", "hyunwoo.deungdae@example.org", Wave.THIRD, Story.SESSIONS_ENDED),
    Part("Arjun Bandargah", "arjun.bandargah@example.com", Wave.THIRD, Story.NEW_ADDRESS),
    Part("Ελένη Λιμάνη", "eleni.limani@example.org", Wave.THIRD, Story.NEW_CODES_NOT_SAVED),
    Part("Henrik Kai", "henrik.kai@example.org", Wave.THIRD, Story.NO_AUTHENTICATOR),
    Part("Malia Kahakai", "malia.kahakai@example.org", Wave.THIRD, Story.CODE_NEVER_RIGHT),
    Part("Priya Samudra", "priya.samudra@example.com", Wave.THIRD, Story.FROM_UNKNOWN_BROWSER),
    Part("Freya Skær", "freya.skaer@example.org", Wave.THIRD, Story.STEADY),
    Part("Teodor Zatoka", "teodor.zatoka@example.org", Wave.THIRD, Story.RUN_OUT),
    Part("Edwin Wrongaddress", "edwin@example.com", Wave.THIRD, Story.REMOVED_BEFORE),
    Part("Luca Molo", "luca.molo@example.org", Wave.LATELY, Story.CODES_NOT_SAVED),
    Part("Mónica Estuario", "monica.estuario@example.com", Wave.LATELY, Story.RUN_OUT),
    Part("Ivo Luka", "ivo.luka@example.org", Wave.LATELY, Story.REVOKED),
    Part("Saoirse Inlet", "saoirse.inlet@example.org", Wave.LATELY, Story.INVITED_AGAIN),
    Part("Reuben Lagoon", "reuben.lagoon@example.org", Wave.TODAY, Story.INVITED),
    Part("Wiremu Moana", "wiremu.moana@example.org", Wave.TODAY, Story.INVITED, Role.ADMIN),
]
