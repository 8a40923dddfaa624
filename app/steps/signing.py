"""The keys of a project that sign its session tokens."""

from app.domain.projects import Project
from app.domain.signing_keys import NewKey, context_of
from app.portal import Transaction
from app.storage import signing_keys


def keep_first(tx: Transaction, project: Project, made: NewKey) -> None:
    """It signs at once. It was made before the transaction, since that takes a tenth of a second."""
    sealed = tx.keys.seal(made.private, context_of(made.kid))
    signing_keys.add(tx.db, project.id, made, sealed, now=tx.now, signs_from=tx.now)
