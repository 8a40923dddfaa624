"""Factors that were shown in a session, as both parts of this wire say them."""

from datetime import datetime
from typing import Literal

from app.api.stytch import ids
from app.api.wire import Given
from app.domain.sessions import Factor, Proof


class AuthenticatorAppFactor(Given):
    totp_id: str


class RecoveryCodeFactor(Given):
    totp_recovery_code_id: str


class TrustedAuthTokenFactor(Given):
    token_id: str


class AuthenticationFactor(Given):
    type: Literal["totp", "recovery_codes", "trusted_auth_token"]
    delivery_method: Literal["authenticator_app", "recovery_code", "trusted_token_exchange"]
    last_authenticated_at: datetime
    created_at: datetime
    updated_at: datetime
    authenticator_app_factor: AuthenticatorAppFactor | None = None
    recovery_code_factor: RecoveryCodeFactor | None = None
    trusted_auth_token_factor: TrustedAuthTokenFactor | None = None


def factor_of(factor: Factor, *, totp: str = "totp") -> AuthenticationFactor:
    """`totp` is what ids of authenticators begin with."""
    times = {
        "last_authenticated_at": factor.last_at,
        "created_at": factor.first_at,
        "updated_at": factor.last_at,
    }
    if factor.proof is Proof.TOTP:
        app = AuthenticatorAppFactor(totp_id=ids.spell(totp, factor.method))
        return AuthenticationFactor(
            type="totp", delivery_method="authenticator_app", authenticator_app_factor=app, **times
        )
    if factor.proof is Proof.RECOVERY_CODE:
        code = RecoveryCodeFactor(totp_recovery_code_id=ids.spell("totp-recovery-code", factor.method))
        return AuthenticationFactor(
            type="recovery_codes", delivery_method="recovery_code", recovery_code_factor=code, **times
        )
    token = TrustedAuthTokenFactor(token_id=ids.spell("trusted-auth-token", factor.method))
    return AuthenticationFactor(
        type="trusted_auth_token",
        delivery_method="trusted_token_exchange",
        trusted_auth_token_factor=token,
        **times,
    )
