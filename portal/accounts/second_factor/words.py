"""What people read about codes at sign-in."""

TITLE = "Code at sign-in"
IS_OFF = (
    "Off. With it, signing in asks for your password and a code from an app on your phone, so that a stolen password "
    "alone opens nothing."
)
IS_ON = "On. Signing in asks for your password and a code from your app."
IS_REQUIRED = (
    " asks everybody on its team for a code at sign-in. Until you have set it up, its pages stay closed to you."
)
STAYS_ON = " asks everybody on its team for a code at sign-in, so it stays on."
GO_TO_SET_UP = "Go to the set-up"
SET_UP = "Set up codes"
ONE_LEFT = "You have 1 recovery code left. Make new ones soon."
ARE_LEFT = " recovery codes are left."
NEW_CODES, NEW_CODES_TITLE = "New recovery codes", "Make new recovery codes?"
NEW_CODES_TEXT = "You get ten new ones. The old ones stop working at once."
OTHER_APP = "Move to another app"
SWITCH_OFF, OFF_TITLE = "Switch codes off", "Switch codes off?"
OFF_TEXT = "From then on your password alone lets anybody in who knows it."
CANCEL = "Leave it"
STEP_APP = (
    "Open an authenticator app on your phone. Any of them will do; your phone's own password app often has it built in."
)
STEP_SCAN = "Add an account there and scan this picture."
PICTURE = "QR code for your authenticator app"
BY_HAND = "No camera? Type this into the app instead:"
STEP_CODE = "Enter the six digits that the app shows now."
CODE = "Code from the app"
SWITCH_ON = "Switch codes on"
CODES = "Your recovery codes"
KEEP_THEM = (
    "Each lets you in once when you do not have your phone. Print them or write them down, and keep them where nobody "
    "else looks. They are shown only now."
)
COPY, COPY_LABEL, COPIED = "Copy", "Copy the recovery codes", "Copied"
COPY_BY_HAND = "They are selected: press Ctrl+C, or hold and choose Copy."
KEPT = "I have kept them"
TO_PRACTICE = "Go to the practice pages"
