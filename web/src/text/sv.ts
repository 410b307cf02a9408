/** Everything the page says, in Swedish: the source that other languages follow. */
import type { Limit, Refusal } from '../intake/messages.ts'
import { wording } from './wording.ts'

const { count, number, percent, day, time, duration, list } = wording('sv')

const fingerprints = (n: number) => count(n, { one: '# fingeravtryck', other: '# fingeravtryck' })
const files = (n: number) => count(n, { one: '# fil', other: '# filer' })

export const sv = {
  shell: {
    tabTitle: 'Anteckningar',
    language: 'Språk',
    leave: 'Lämna sidan',
    skip: 'Hoppa till innehållet',
    back: 'Tillbaka',
    step: (n: number, of: number) => `Steg ${number(n)} av ${number(of)}`,
    offline:
      'Ingen anslutning just nu. Inget är förlorat. Sidan fortsätter när den kommer tillbaka.',
    notProofread: '',
    promise: 'Inga kakor, ingen lagring i webbläsaren, inga anrop till någon annan.',
  },

  home: {
    title: 'Stoppa bilder och videor av dig från att spridas',
    what: [
      'Din telefon eller dator räknar fram fingeravtryck av de intima bilder och videor du väljer.',
      'Bara fingeravtrycken skickas hit, aldrig bilderna eller videorna.',
      'Företag som är med letar efter samma bilder och videor hos sig och tar bort dem som bryter mot deras regler.',
    ],
    start: 'Börja',
    follow: 'Följ ett ärende',
    factsTitle: 'Bra att veta',
    facts: [
      {
        title: 'Inget laddas upp',
        text: 'Bilder och videor lämnar inte din enhet. Ett fingeravtryck är en rad tecken, och bilden kan inte återskapas ur det.',
      },
      {
        title: 'Ingen ser det du väljer',
        text: 'Varken vi eller företagen får dem. Om ett företag hittar något likadant hos sig kan det granskas där av en människa.',
      },
      {
        title: 'Det gäller inte hela internet',
        text: 'Bara de företag som är med. Svar kan ta tid. Inget svar betyder inget svar än, inte att inget finns.',
      },
    ],
    companies: (names: readonly string[]) => `Med just nu: ${list(names)}.`,
    noCompanies: 'Inget företag är med än.',
    needTitle: 'Det här behöver du',
    need: [
      'Bilderna och videorna, på den här enheten. En skärmbild går också bra.',
      'Ett sätt att spara ett nummer och en PIN-kod. Utan dem kan ingen följa ärendet, inte heller vi.',
    ],
    leaveTitle: 'Om någon kommer',
    leaveText:
      'Knappen Lämna sidan finns alltid överst. Den, eller Shift tre gånger, tömmer allt genast och visar en blank sida. Telefonens tillbakaknapp lämnar också sidan. Det du har gjort men inte skickat försvinner då.',
    leaveLimit:
      'Webbläsarens historik kan ändå visa att sidan har varit öppen. Använd gärna ett privat fönster. På en enhet som redan övervakas är ingen sida trygg.',
  },

  choose: {
    title: 'Välj bilder och videor',
    lead: 'Välj allt som det gäller. Det läses här på enheten och skickas inte.',
    formats: 'De flesta sorters bilder och videor går, också bilder från iPhone.',
    pick: 'Välj bilder eller videor',
    more: 'Lägg till fler',
    oldBrowser:
      'Den här webbläsaren är för gammal för att räkna fram fingeravtryck. Öppna sidan i en nyare.',
    drop: 'Du kan också dra dem hit.',
    dropNow: 'Släpp filerna här',
    listTitle: 'Dina filer',
    row: (n: number) => `Fil ${number(n)}`,
    reveal: 'Visa bilder och filnamn',
    hide: 'Dölj bilder och filnamn',
    revealHint: 'De är dolda så att ingen annan ser dem på skärmen.',
    remove: (n: number) => `Ta bort fil ${number(n)}`,
    removeShort: 'Ta bort',
    retry: (n: number) => `Försök igen med fil ${number(n)}`,
    retryShort: 'Försök igen',
    pause: (n: number) => `Pausa fil ${number(n)}`,
    pauseShort: 'Pausa',
    resume: (n: number) => `Fortsätt med fil ${number(n)}`,
    resumeShort: 'Fortsätt',
    cancelAll: 'Avbryt resten',
    next: 'Gå vidare',
    working: (done: number, of: number) =>
      `${number(done)} av ${files(of)} ${of === 1 ? 'klar' : 'klara'}`,
    percent,
    left: (seconds: number) => `ungefär ${duration(seconds)} kvar`,
    finished: (ready: number) =>
      ready === 0
        ? 'Ingen fil är klar att gå vidare med.'
        : `${files(ready)} ${ready === 1 ? 'klar' : 'klara'} att gå vidare med.`,
    waitFirst: 'Alla filer är inte klara än. Vänta tills de är det, eller avbryt resten.',
    noneReady: 'Det finns ingen fil att gå vidare med än. Välj minst en.',
    tooManySignals: (most: number) =>
      `Ett ärende rymmer högst ${fingerprints(most)}. Ta bort några filer och gör ett ärende till efteråt.`,
    versionsLeftOut: (n: number) =>
      `Det är så många filer att ${fingerprints(n)} av beskurna eller spegelvända versioner inte fick plats. Själva bilderna är alla med.`,
    leftOut: (n: number, most: number) =>
      `${files(n)} fick inte plats. Ett ärende rymmer högst ${number(most)}. Gör ett ärende till efteråt.`,
    states: {
      waiting: 'Väntar',
      reading: 'Läses in',
      hashing: 'Räknas fram',
      paused: 'Pausad',
      hashed: 'Klar',
      cancelled: 'Avbruten',
      same: (n: number) => `Samma som fil ${number(n)}. Den behövs inte två gånger.`,
    },
    limits: {
      'smaller-copy':
        'Den räknades fram ur en mindre kopia, för enheten har ont om minne. Den kan ändå hittas igen.',
      'exact-copies-only':
        'Bilderna i videon går inte att läsa här. Bara exakta kopior av filen kan hittas, inte om någon har klippt den, spelat in den igen eller skickat den genom en app som gör om den. Prova en annan webbläsare om videon går att spela på annat håll.',
    } satisfies Record<Limit, string>,
    refusals: {
      empty: 'Filen är tom. Kanske är den inte helt nedladdad. Välj den igen.',
      tiff: 'TIFF-filer går inte här. Spara bilden som JPEG eller PNG och välj den i stället.',
      raw: 'Det här är kamerans råfil. Välj den JPEG som hör till, eller spara en från den.',
      pdf: 'PDF-filer går inte här. Ta en skärmbild av bilden i den och välj den i stället.',
      svg: 'Ritningar i SVG går inte här. Ta en skärmbild av den och välj den i stället.',
      archive: 'Det här är en packad mapp. Packa upp den först och välj filerna som är i den.',
      unsupported:
        'Den här sortens fil går inte här. Ta en skärmbild av den, eller spara den som JPEG, och välj den i stället.',
      unreadable:
        'Filen är skadad och går inte att läsa. Ta en skärmbild av den om den går att öppna.',
      'too-large': 'Bilden är för stor för den här enheten. Spara en mindre kopia och välj den.',
      'too-plain':
        'Det finns för lite att se, till exempel bara en färg, för att den ska kunna hittas igen. Den skickas inte.',
      vanished: 'Filen finns inte kvar där den var. Välj den igen.',
      scrambled:
        'Webbläsaren förvanskar det som sidor ser av en bild, som skydd mot spårning. Tillåt det för den här sidan, eller använd en annan webbläsare.',
      'not-loaded':
        'Den del av sidan som läser den här sortens fil gick inte att hämta. Försök igen när du har nät.',
      crashed: 'Något gick fel när filen lästes. Försök igen.',
    } satisfies Record<Refusal, string>,
  },

  check: {
    title: 'Titta innan du skickar',
    lead: 'Det här är allt som skickas, tecken för tecken. Inga bilder eller videor, inga filnamn, inget om dig.',
    count: (chosen: number, prints: number) => `${files(chosen)} ger ${fingerprints(prints)}.`,
    several: 'Det blir flera av varje, så att beskurna eller spegelvända kopior också hittas.',
    sentTitle: 'Det som skickas',
    part: (n: number, of: number) => `Del ${number(n)} av ${number(of)}`,
    hidden: 'Ditt ärendenummer och din PIN-kod är dolda här. Du får dem i nästa steg.',
    reveal: 'Visa nummer och PIN-kod',
    hide: 'Dölj nummer och PIN-kod',
    toTitle: 'De som får fingeravtrycken',
    to: 'De får fingeravtrycken. Numret och PIN-koden får de aldrig.',
    truthTitle: 'Intyga',
    truth:
      'Det är jag som syns på bilderna och i videorna, de är intima, och jag vill inte att de sprids.',
    truthMissing: 'Kryssa i rutan först, om det stämmer.',
    send: 'Skicka fingeravtrycken',
    nothingYet: 'Inget har skickats än.',
  },

  sending: {
    title: 'Skickar',
    lead: 'Stanna kvar på sidan tills du har fått ditt nummer.',
    progress: (done: number, of: number) => `${number(done)} av ${fingerprints(of)}`,
    redrawn:
      'Numret var upptaget, så ärendet fick ett nytt nummer och en ny PIN-kod. Inget annat har ändrats.',
    failedTitle: 'Ärendet kunde inte skickas',
    back: 'Tillbaka till filerna',
  },

  takeBack: {
    title: 'Tar tillbaka det som skickats',
    lead: 'En del av ärendet kan ha kommit fram. Det återkallas nu, så att inget blir kvar som du inte har numret till.',
    failedTitle: 'Det gick inte att ta tillbaka ärendet',
    spareTitle: 'Om du inte kan vänta',
    spare:
      'En del av ärendet kan ha kommit fram. Spara numret och PIN-koden. Med dem kan du återkalla det senare, under Följ ett ärende.',
    goOn: 'Jag har sparat dem, gå vidare',
  },

  waiting: {
    offline: 'Anslutningen är borta. Inget är förlorat, och inget skickas två gånger.',
    'rate-limited': 'Många försöker just nu. Inget är förlorat.',
    maintenance: 'Tjänsten svarar inte just nu. Inget är förlorat.',
    next: (seconds: number) => `Nytt försök om ${duration(seconds)}.`,
    held: 'Sidan fortsätter av sig själv när anslutningen är tillbaka.',
    now: 'Försök nu',
  },

  keep: {
    title: 'Ditt ärende är mottaget',
    lead: 'Spara numret och PIN-koden nu. De visas bara här, en enda gång.',
    warning: 'De kan inte tas fram igen, varken av dig eller av oss.',
    number: 'Ärendenummer',
    pin: 'PIN-kod',
    copy: 'Kopiera',
    copied: 'Kopierat. Det ligger kvar i urklipp tills du kopierar något annat.',
    copyFailed:
      'Det gick inte att kopiera. Markera tecknen och kopiera dem själv, eller skriv av dem.',
    print: 'Skriv ut',
    save: 'Spara som fil',
    fileName: 'anteckningar.txt',
    saved: 'Filen heter anteckningar.txt. I den står bara de två koderna.',
    apart: 'Skriv gärna av dem på papper, och förvara dem där ingen annan tittar.',
    kept: 'Jag har sparat dem',
    proofTitle: 'Kontrollera att du har dem',
    proofLead: 'Numret är dolt nu. Hämta det där du sparade det.',
    proofLabel: 'De fyra sista tecknen i ärendenumret',
    proofWrong: 'Det stämmer inte. Titta en gång till där du sparade det, eller visa numret igen.',
    showAgain: 'Visa numret igen',
    done: 'Klar',
  },

  next: {
    title: 'Så går det vidare',
    lead: 'Numret och PIN-koden är borta från sidan nu. De kan inte tas fram igen, så håll fast vid det du sparade.',
    stepsTitle: 'Det som händer nu',
    company: (name: string) =>
      `${name} hämtar fingeravtrycken och jämför dem med det som läggs upp där. Liknar något det du valde granskas det, och tas bort om det bryter mot deras regler.`,
    time: 'Det kan ta från minuter till dagar innan det syns något. Kom tillbaka med numret och PIN-koden när du vill.',
    follow: 'Följ ett ärende',
    more: 'Gör ett ärende till',
    home: 'Till början',
  },

  follow: {
    title: 'Följ ett ärende',
    lead: 'Skriv numret och PIN-koden som du sparade.',
    number: 'Ärendenummer',
    numberHint: 'Tjugo tecken. Stora eller små bokstäver, med eller utan streck.',
    numberLength: (typed: number, of: number) =>
      `Numret har ${number(of)} tecken. Här står ${number(typed)}.`,
    numberMistyped: 'Något tecken i numret stämmer inte. Jämför med det du sparade.',
    pin: 'PIN-kod',
    pinHint: 'Åtta siffror.',
    pinWrong: 'PIN-koden är åtta siffror.',
    show: 'Visa det jag skriver',
    open: 'Visa ärendet',
    opening: 'Hämtar ärendet',
  },

  status: {
    title: 'Ditt ärende',
    active: 'Aktivt',
    withdrawn: 'Återkallat',
    since: (date: string) => `Sedan ${day(date)}`,
    size: fingerprints,
    notTaken: (n: number) =>
      `${fingerprints(n)} av en sort som det här företaget inte letar efter.`,
    sizeHint:
      'En bild eller video ger flera fingeravtryck, så att beskurna eller spegelvända kopior också hittas. Det räcker att ett av dem hittas.',
    companiesTitle: 'Företagen',
    states: {
      not_asked: { title: 'Inte hämtat än', text: 'Företaget har inte hämtat dem än.' },
      received: {
        title: 'Hämtat, jämförs',
        text: 'Företaget jämför med det som läggs upp. Det har inte sagt att något har hittats, och gör det kanske aldrig: det som inte läggs upp där hittas inte.',
      },
      checking: { title: 'Granskas', text: 'Något likadant har hittats och ses över.' },
      removed: { title: 'Hittat och stoppat', text: 'Det är borttaget, och nya kopior stoppas.' },
      not_removed: {
        title: 'Granskat, inte borttaget',
        text: 'Företaget tittade och lät det vara kvar.',
      },
      withdrawal_sent: {
        title: 'Återkallat, inte bekräftat än',
        text: 'Företaget har inte bekräftat än att återkallelsen har kommit fram.',
      },
      withdrawal_confirmed: {
        title: 'Återkallat och bekräftat',
        text: 'Företaget har bekräftat att återkallelsen har kommit fram.',
      },
      no_answer: {
        title: 'Inget svar',
        text: 'Det har gått mer än en vecka utan att företaget har hämtat dem. Det letar inte efter dem än.',
      },
    },
    unconfirmed: {
      title: 'Återkallat, inte bekräftat',
      text: 'Det har gått mer än en vecka utan att företaget har bekräftat återkallelsen. Om det har hämtat dem har vi berättat om återkallelsen. Annars har det inget att bekräfta.',
    },
    refresh: 'Uppdatera',
    refreshed: (at: Date) => `Hämtat kl. ${time(at)}`,
    withdraw: 'Återkalla ärendet',
    leave: 'Stäng och gå till början',
    silence: 'Inget svar betyder inget svar än, inte att inget finns.',
  },

  withdraw: {
    title: 'Återkalla ärendet',
    lead: 'Alla fingeravtryck i ärendet återkallas, och företagen får veta det.',
    points: [
      'Det som redan är borttaget kommer inte tillbaka av det här. Men nya kopior stoppas kanske inte längre.',
      'Varje företag bekräftar för sig. Det kan ta en stund, och du ser det i ärendet.',
      'Det går inte att ångra. Du kan göra ett nytt ärende om du har filerna kvar.',
    ],
    confirm: 'Ja, återkalla',
    keep: 'Nej, behåll ärendet',
    working: 'Återkallar',
    progress: (remaining: number) => `${fingerprints(remaining)} kvar`,
    failedTitle: 'Ärendet kunde inte återkallas',
    failedText: 'Det som redan är återkallat förblir det. Du kan fortsätta där det slutade.',
  },

  failures: {
    offline: 'Det finns ingen anslutning. Inget är förlorat. Försök igen när du är uppkopplad.',
    'rate-limited': (seconds: number | null) =>
      seconds === null
        ? 'Det har varit många försök. Vänta en stund och försök igen.'
        : `Det har varit många försök. Försök igen om ${duration(seconds)}.`,
    maintenance: 'Tjänsten svarar inte just nu. Inget är förlorat. Försök igen om en stund.',
    'number-taken': 'Numret var upptaget. Inget har ändrats. Försök igen.',
    'case-withdrawn':
      'Det här ärendet är återkallat. Gör ett nytt om du vill skicka fingeravtrycken igen.',
    'unknown-case':
      'Inget ärende har det numret och den PIN-koden. Titta en gång till på det du sparade.',
    unexpected: 'Något gick fel hos oss, inte hos dig. Inget är förlorat. Försök igen om en stund.',
    retry: 'Försök igen',
  },
}

export type Text = typeof sv
