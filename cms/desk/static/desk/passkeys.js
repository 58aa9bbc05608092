// The list of passkeys is written by the server, so a new one is there once the page is loaded again.
document.addEventListener("otp_webauthn.register_complete", () => location.reload());
