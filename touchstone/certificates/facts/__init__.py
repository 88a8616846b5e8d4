"""证书事实: what stands on a certificate, by which address it is checked, and which keys sign it?"""

from touchstone.certificates.facts.printed import attached, check_code, check_fits, printed_form, qr_content, verify_path, verify_url

__all__ = ["attached", "check_code", "check_fits", "printed_form", "qr_content", "verify_path", "verify_url"]
