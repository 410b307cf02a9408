/** Everything the page says, in English. */
import type { Text } from './sv.ts'
import { wording } from './wording.ts'

const { count, number, percent, day, time, duration, list } = wording('en-GB')

const fingerprints = (n: number) => count(n, { one: '# fingerprint', other: '# fingerprints' })
const files = (n: number) => count(n, { one: '# file', other: '# files' })

export const en: Text = {
  shell: {
    tabTitle: 'Notes',
    language: 'Language',
    leave: 'Leave page',
    skip: 'Skip to the content',
    back: 'Back',
    step: (n, of) => `Step ${number(n)} of ${number(of)}`,
    offline: 'No connection at the moment. Nothing is lost. The page goes on when it is back.',
    notProofread: 'No native speaker of English has read this translation yet.',
    promise: 'No cookies, nothing stored in the browser, no calls to anyone else.',
  },

  home: {
    title: 'Stop pictures and videos of you from spreading',
    what: [
      'Your phone or computer works out fingerprints of the intimate pictures and videos that you choose.',
      'Only the fingerprints are sent here, never the pictures or videos.',
      'Companies that take part look for the same pictures and videos on their services and remove those that break their rules.',
    ],
    start: 'Start',
    follow: 'Follow a case',
    factsTitle: 'Good to know',
    facts: [
      {
        title: 'Nothing is uploaded',
        text: 'Pictures and videos do not leave your device. A fingerprint is a line of characters, and the picture cannot be recreated from it.',
      },
      {
        title: 'Nobody sees what you choose',
        text: 'Neither we nor the companies get them. If a company finds something alike on its own service, a person there may review it.',
      },
      {
        title: 'It is not the whole internet',
        text: 'Only the companies that take part. An answer can take time. No answer means no answer yet, not that nothing is there.',
      },
    ],
    companies: (names) => `Taking part now: ${list(names)}.`,
    noCompanies: 'No company takes part yet.',
    needTitle: 'What you need',
    need: [
      'The pictures and videos, on this device. A screenshot is fine too.',
      'A way to keep a number and a PIN. Without them nobody can follow the case, not even we.',
    ],
    leaveTitle: 'If someone comes',
    leaveText:
      'The button Leave page is always at the top. It, or Shift three times, clears everything at once and shows a blank page. The back button of the phone leaves the page too. What you have done but not sent is gone then.',
    leaveLimit:
      'The history of the browser may still show that the page was open. Use a private window if you can. On a device that is already being watched, no page is safe.',
  },

  choose: {
    title: 'Choose pictures and videos',
    lead: 'Choose everything this is about. It is read here on the device and is not sent.',
    formats: 'Most kinds of pictures and videos work, pictures from an iPhone too.',
    pick: 'Choose pictures or videos',
    more: 'Add more',
    oldBrowser: 'This browser is too old to work out fingerprints. Open the page in a newer one.',
    drop: 'You can also drag them here.',
    dropNow: 'Drop the files here',
    listTitle: 'Your files',
    row: (n) => `File ${number(n)}`,
    reveal: 'Show pictures and file names',
    hide: 'Hide pictures and file names',
    revealHint: 'They are hidden so that nobody else sees them on the screen.',
    remove: (n) => `Remove file ${number(n)}`,
    removeShort: 'Remove',
    retry: (n) => `Try file ${number(n)} again`,
    retryShort: 'Try again',
    pause: (n) => `Pause file ${number(n)}`,
    pauseShort: 'Pause',
    resume: (n) => `Go on with file ${number(n)}`,
    resumeShort: 'Go on',
    cancelAll: 'Cancel the rest',
    next: 'Continue',
    working: (done, of) => `${number(done)} of ${files(of)} done`,
    percent,
    left: (seconds) => `about ${duration(seconds)} left`,
    finished: (ready) =>
      ready === 0 ? 'No file is ready to go on with.' : `${files(ready)} ready to go on with.`,
    waitFirst: 'Not all files are done yet. Wait until they are, or cancel the rest.',
    noneReady: 'There is no file to go on with yet. Choose at least one.',
    tooManySignals: (most) =>
      `A case holds at most ${fingerprints(most)}. Remove some files and make another case afterwards.`,
    versionsLeftOut: (n) =>
      `There are so many files that ${fingerprints(n)} of cut or mirrored versions had no room. The pictures themselves are all in.`,
    leftOut: (n, most) =>
      `${files(n)} did not fit. A case holds at most ${number(most)}. Make another case afterwards.`,
    states: {
      waiting: 'Waiting',
      reading: 'Being read',
      hashing: 'Being worked out',
      paused: 'Paused',
      hashed: 'Done',
      cancelled: 'Cancelled',
      same: (n) => `The same as file ${number(n)}. It is not needed twice.`,
    },
    limits: {
      'smaller-copy':
        'It was worked out from a smaller copy, because the device is short of memory. It can still be found.',
      'exact-copies-only':
        'The pictures in the video cannot be read here. Only exact copies of the file can be found, not if somebody cut it, recorded it again or sent it through an app that changes it. Try another browser if the video plays elsewhere.',
    },
    refusals: {
      empty: 'The file is empty. It may not be fully downloaded. Choose it again.',
      tiff: 'TIFF files do not work here. Save the picture as JPEG or PNG, and choose that instead.',
      raw: 'This is the camera’s raw file. Choose the JPEG that belongs to it, or save one from it.',
      pdf: 'PDF files do not work here. Take a screenshot of the picture in it, and choose that.',
      svg: 'Drawings in SVG do not work here. Take a screenshot of it, and choose that.',
      archive: 'This is a packed folder. Unpack it first, and choose the files that are in it.',
      unsupported:
        'This kind of file does not work here. Take a screenshot of it, or save it as JPEG, and choose that instead.',
      unreadable: 'The file is damaged and cannot be read. Take a screenshot of it if it opens.',
      'too-large': 'The picture is too large for this device. Save a smaller copy and choose that.',
      'too-plain':
        'There is too little to see, a single colour for example, for it to be found again. It is not sent.',
      vanished: 'The file is no longer where it was. Choose it again.',
      scrambled:
        'This browser scrambles what pages see of a picture, to protect against tracking. Allow it for this page, or use another browser.',
      'not-loaded':
        'The part of the page that reads this kind of file could not be fetched. Try again when you are online.',
      crashed: 'Something went wrong while the file was read. Try again.',
    },
  },

  check: {
    title: 'Look before you send',
    lead: 'This is everything that is sent, character by character. No pictures or videos, no file names, nothing about you.',
    count: (chosen, prints) => `${files(chosen)} gave ${fingerprints(prints)}.`,
    several: 'There are several of each, so that cropped or mirrored copies are found too.',
    sentTitle: 'What is sent',
    part: (n, of) => `Part ${number(n)} of ${number(of)}`,
    hidden: 'Your case number and PIN are hidden here. You get them in the next step.',
    reveal: 'Show number and PIN',
    hide: 'Hide number and PIN',
    toTitle: 'Who gets the fingerprints',
    to: 'They get the fingerprints. They never get the number and the PIN.',
    truthTitle: 'Confirm',
    truth: 'The pictures and videos show me, they are intimate, and I do not want them spread.',
    truthMissing: 'Tick the box first, if it is true.',
    send: 'Send the fingerprints',
    nothingYet: 'Nothing has been sent yet.',
  },

  sending: {
    title: 'Sending',
    lead: 'Stay on this page until you have your number.',
    progress: (done, of) => `${number(done)} of ${fingerprints(of)}`,
    redrawn:
      'The number was taken, so the case got a new number and a new PIN. Nothing else changed.',
    failedTitle: 'The case could not be sent',
    back: 'Back to the files',
  },

  takeBack: {
    title: 'Taking back what was sent',
    lead: 'A part of the case may have arrived. It is being withdrawn now, so that nothing is left that you have no number for.',
    failedTitle: 'The case could not be taken back',
    spareTitle: 'If you cannot wait',
    spare:
      'A part of the case may have arrived. Keep the number and the PIN. With them you can withdraw it later, under Follow a case.',
    goOn: 'I have kept them, continue',
  },

  waiting: {
    offline: 'The connection is gone. Nothing is lost, and nothing is sent twice.',
    'rate-limited': 'Many people are trying right now. Nothing is lost.',
    maintenance: 'The service is not answering right now. Nothing is lost.',
    next: (seconds) => `Next try in ${duration(seconds)}.`,
    held: 'The page goes on by itself when the connection is back.',
    now: 'Try now',
  },

  keep: {
    title: 'Your case is received',
    lead: 'Keep the number and the PIN now. They are shown here and only once.',
    warning: 'They cannot be recovered, neither by you nor by us.',
    number: 'Case number',
    pin: 'PIN',
    copy: 'Copy',
    copied: 'Copied. It stays on the clipboard until you copy something else.',
    copyFailed: 'Copying did not work. Select the characters and copy them, or write them down.',
    print: 'Print',
    save: 'Save as a file',
    fileName: 'notes.txt',
    saved: 'The file is called notes.txt. It holds the two codes and nothing else.',
    apart: 'Writing them on paper is a good way. Keep them where nobody else looks.',
    kept: 'I have kept them',
    proofTitle: 'Check that you have them',
    proofLead: 'The number is hidden now. Get it from where you kept it.',
    proofLabel: 'The last four characters of the case number',
    proofWrong: 'That does not match. Look again where you kept it, or show the number again.',
    showAgain: 'Show the number again',
    done: 'Done',
  },

  next: {
    title: 'What happens next',
    lead: 'The number and the PIN are gone from this page now. They cannot be recovered, so hold on to what you kept.',
    stepsTitle: 'From here on',
    company: (name) =>
      `${name} fetches the fingerprints and compares them with what is uploaded there. If something resembles what you chose it is reviewed, and removed if it breaks their rules.`,
    time: 'It can take minutes or days before anything shows. Come back with the number and the PIN whenever you like.',
    follow: 'Follow a case',
    more: 'Make another case',
    home: 'To the beginning',
  },

  follow: {
    title: 'Follow a case',
    lead: 'Type the number and the PIN that you kept.',
    number: 'Case number',
    numberHint: 'Twenty characters. Capital or small letters, with or without dashes.',
    numberLength: (typed, of) =>
      `The number has ${number(of)} characters. Here are ${number(typed)}.`,
    numberMistyped: 'A character in the number does not fit. Compare it with what you kept.',
    pin: 'PIN',
    pinHint: 'Eight digits.',
    pinWrong: 'The PIN is eight digits.',
    show: 'Show what I type',
    open: 'Show the case',
    opening: 'Fetching the case',
  },

  status: {
    title: 'Your case',
    active: 'Active',
    withdrawn: 'Withdrawn',
    since: (date) => `Since ${day(date)}`,
    size: fingerprints,
    notTaken: (n) => `${fingerprints(n)} of a kind that this company does not look for.`,
    sizeHint:
      'One picture or video gives several fingerprints, so that cropped or mirrored copies are found too. It is enough that one of them is found.',
    companiesTitle: 'The companies',
    states: {
      not_asked: { title: 'Not fetched yet', text: 'The company has not fetched them yet.' },
      received: {
        title: 'Fetched, being compared',
        text: 'The company compares them with what is uploaded. It has not said that anything was found, and may never do so: what is not uploaded there is not found.',
      },
      checking: {
        title: 'Being reviewed',
        text: 'Something alike was found and is being looked at.',
      },
      removed: { title: 'Found and stopped', text: 'It is removed, and new copies are stopped.' },
      not_removed: {
        title: 'Reviewed, not removed',
        text: 'The company looked at it and let it stay.',
      },
      withdrawal_sent: {
        title: 'Withdrawn, not confirmed yet',
        text: 'The company has not confirmed yet that the withdrawal has reached it.',
      },
      withdrawal_confirmed: {
        title: 'Withdrawn and confirmed',
        text: 'The company has confirmed that the withdrawal has reached it.',
      },
      no_answer: {
        title: 'No answer',
        text: 'More than a week has passed, and the company has not fetched them. It is not looking for them yet.',
      },
    },
    unconfirmed: {
      title: 'Withdrawn, not confirmed',
      text: 'More than a week has passed, and the company has not confirmed the withdrawal. If it has fetched them, we have told it of the withdrawal. If not, it has nothing to confirm.',
    },
    refresh: 'Refresh',
    refreshed: (at) => `Fetched at ${time(at)}`,
    withdraw: 'Withdraw the case',
    leave: 'Close and go to the beginning',
    silence: 'No answer means no answer yet, not that nothing is there.',
  },

  withdraw: {
    title: 'Withdraw the case',
    lead: 'All fingerprints in the case are withdrawn, and the companies are told.',
    points: [
      'What is already removed does not come back because of this. But new copies may no longer be stopped.',
      'Each company confirms for itself. That can take a while, and you see it in the case.',
      'This cannot be undone. You can make a new case if you still have the files.',
    ],
    confirm: 'Yes, withdraw',
    keep: 'No, keep the case',
    working: 'Withdrawing',
    progress: (remaining) => `${fingerprints(remaining)} left`,
    failedTitle: 'The case could not be withdrawn',
    failedText: 'What is already withdrawn stays withdrawn. You can go on where it stopped.',
  },

  failures: {
    offline: 'There is no connection. Nothing is lost. Try again when you are online.',
    'rate-limited': (seconds) =>
      seconds === null
        ? 'There have been many tries. Wait a while and try again.'
        : `There have been many tries. Try again in ${duration(seconds)}.`,
    maintenance: 'The service is not answering right now. Nothing is lost. Try again in a while.',
    'number-taken': 'The number was taken. Nothing has changed. Try again.',
    'case-withdrawn':
      'This case is withdrawn. Make a new one if you want to send the fingerprints again.',
    'unknown-case': 'No case has that number and that PIN. Look once more at what you kept.',
    unexpected:
      'Something went wrong with us, not with you. Nothing is lost. Try again in a while.',
    retry: 'Try again',
  },
}
