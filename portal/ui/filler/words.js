// Every sentence the form filler says, in one place, so that it can be translated.

const plural = (count, one, many) => (count === 1 ? one : many.replace("#", count));

export const clock = (iso) => {
  const moment = new Date(iso);
  return Number.isNaN(moment.getTime()) ? "" : moment.toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
};

export const words = {
  loading: "Your form is on its way.",
  required: "(required)",
  yes: "Yes",
  no: "No",
  choose: "Choose one",
  clear: "Clear this answer",
  chooseAny: "You can choose more than one.",
  dateExample: "Year, month and day, such as 2017-05-23.",
  left: (count) =>
    count >= 0
      ? `You have ${plural(count, "1 character", "# characters")} left.`
      : `You are ${plural(-count, "1 character", "# characters")} over.`,
  notHere: "This question cannot be answered on this page yet. Your practice will ask you for it.",
  moreAppeared: (count) => plural(count, "One more question appeared below.", "# more questions appeared below."),

  section: (number, of) => `Section ${number} of ${of}`,
  answered: (count, of) => `${count} of ${of} questions answered`,
  lastSteps: "Last steps",
  sections: "All sections",
  sectionToRead: "to read",
  sectionDone: "complete",
  sectionOpen: (count, of) => `${count} of ${of} answered`,
  sectionMissing: (count) => plural(count, "1 answer missing", "# answers missing"),
  back: "Back",
  next: "Next",
  toReview: "Check your answers",
  welcomeBack: "Welcome back. You are where you stopped.",

  idle: "We save each answer as you go.",
  saving: "Saving…",
  saved: (iso) => `Saved ${clock(iso)}`,
  waiting: "Not saved yet. We keep trying, you can go on.",
  offline: "You are offline. Go on: we save as soon as you are back.",
  refused: "One answer is not saved.",
  conflict: "Two different answers. Please choose one.",
  show: "Show it",
  leaving: "Some of what you wrote is not saved yet.",
  leavingHelp: "Stay a moment, and we save it as soon as we can. If you leave now, it is lost.",
  stay: "Stay here",
  leave: "Leave without saving",

  summary: (count) => plural(count, "There is 1 thing to look at", "There are # things to look at"),
  comeBack: "Go on, I will come back to this",
  needsAnswer: "Please answer this question.",
  needsChoice: "Please choose an answer.",
  needsDate: "Please enter a date.",
  wholeNumber: "Enter a whole number, such as 3.",
  number: "Enter a number, such as 3 or 2.5.",
  atLeast: (limit, day) => (day ? `Enter ${limit} or a later date.` : `Enter ${limit} or more.`),
  atMost: (limit, day) => (day ? `Enter ${limit} or an earlier date.` : `Enter ${limit} or less.`),
  fullDate: "Enter the full date: year, month and day.",
  tooLong: (limit) => `This is too long. Please use ${limit} characters or fewer.`,

  twoAnswers: "There are two different answers",
  twoAnswersHelp: "Somebody answered this while you were writing. Nothing is lost: choose the one to keep.",
  youWrote: "You wrote",
  theyWrote: (who, iso) => `${who || "Somebody else"} wrote at ${clock(iso)}`,
  youWroteElsewhere: (iso) => `You wrote in another window at ${clock(iso)}`,
  keepMine: "Keep mine",
  keepTheirs: "Keep theirs",
  editMine: "Edit mine",
  noAnswer: "No answer",

  reviewTitle: "Check your answers",
  reviewHelp: "Read through what you wrote. You can still change everything.",
  reviewWait: "We are saving your last answers…",
  change: "Change",
  notAnswered: "Not answered",
  missingTitle: (count) => plural(count, "1 answer is still missing", "# answers are still missing"),
  toSign: "Continue to sign",
  backToCheck: "Back to your answers",

  signTitle: "Sign and send",
  capacity: (capacity) => `You sign as ${capacity}.`,
  fullName: "Your full name",
  fullNameHelp: "Type your first and last name. This is your signature.",
  agree: "I have read my answers and they are right as far as I know.",
  sign: "Sign and send",
  signing: "Sending…",
  needsName: "Please type your full name.",
  needsTick: "Please tick the box to say that your answers are right.",
  signSlow: "This takes longer than it should. We are finding out whether it was sent…",
  signUnknown: "We could not find out whether your form was sent. Please try again: it cannot be sent twice.",
  shut: "What was not sent",
  shutHelp:
    "This form was signed and sent while you were writing here. What follows is not part of it. Copy what you still need.",
  seeSent: "See what was sent",
};
