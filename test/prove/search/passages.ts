/** What was said and seen on made-up streams, written for `prove:search` and its tests: nothing of it was tuned on the held-out queries. */

export interface Source {
  readonly stream: string;
  readonly kind: 'transcript' | 'scene';
  /** Shown text, and for scenes after `||` what else is known of it. */
  readonly passages: readonly string[];
}

export const SOURCES: readonly Source[] = [
  {
    stream: 'weekly-meeting',
    kind: 'transcript',
    passages: [
      "Good morning everyone, let's get started, we have a lot to cover today.",
      'The marketing budget for the second quarter is forty thousand dollars.',
      'We overspent by twelve percent in March, mostly on the trade fair in Hanover.',
      'Anna will send the signed contract to our lawyers by Thursday.',
      'The launch of the new app has been pushed back to the fifteenth of June.',
      'Two people in engineering are leaving, so we need to hire replacements quickly.',
      'Customers keep complaining that the checkout page takes forever to load.',
      'We agreed to drop support for the old browsers at the end of the year.',
      'Please update your vacation plans in the calendar before Friday.',
      'The competitor from Berlin has just cut its prices by a third.',
      'I suggest we offer a discount to schools and universities.',
      "That's all from my side, thanks and see you next week.",
    ],
  },
  {
    stream: 'support-call',
    kind: 'transcript',
    passages: [
      'Thank you for calling, my name is Peter, how can I help you?',
      'My internet connection drops every evening around eight o’clock.',
      'Have you tried turning the router off and on again?',
      'Yes, I restarted it three times already and nothing changed.',
      'I see that your line has a lot of noise, a technician will have to visit you.',
      'The earliest appointment is next Tuesday between ten and noon.',
      "I was also charged twice on my last bill and I'd like my money back.",
      'I apologise for that, the refund should reach your account within five days.',
      'Could you confirm your postal address and the last four digits of your card?',
      'I am really disappointed and I am thinking of cancelling my subscription.',
      'As a goodwill gesture I can give you one month for free.',
    ],
  },
  {
    stream: 'astronomy-lecture',
    kind: 'transcript',
    passages: [
      'Today we are going to look at how stars are born and how they die.',
      'Clouds of hydrogen collapse under their own gravity until fusion begins.',
      'Our sun has been shining for about four and a half billion years.',
      'When the fuel runs out, a star like ours swells into a red giant.',
      'Massive stars end in a supernova, an explosion brighter than a whole galaxy.',
      'What remains may be a neutron star, as heavy as the sun but only twenty kilometres across.',
      'From a black hole not even light can escape.',
      'The telescope in orbit sees infrared light that our atmosphere absorbs.',
      'The homework is on page eighty four and is due on Monday.',
      'Are there any questions before we take a short break?',
    ],
  },
  {
    stream: 'cooking-show',
    kind: 'transcript',
    passages: [
      'First chop two onions and fry them gently in olive oil.',
      'Add a pinch of salt and a teaspoon of smoked paprika.',
      'Let the tomato sauce simmer for twenty minutes on a low flame.',
      'While it cooks, bring a large pot of water to the boil for the pasta.',
      'Never rinse the noodles, the starch helps the sauce to stick.',
      'If you are allergic to nuts, leave out the pesto.',
      'Preheat the oven to two hundred degrees for the garlic bread.',
      'For dessert we whip the cream until it forms soft peaks.',
      'A glass of dry white wine goes very well with this dish.',
    ],
  },
  {
    stream: 'city-council',
    kind: 'transcript',
    passages: [
      'The council votes tonight on the new bicycle lanes along the river.',
      'Residents of the old town complain about noise from bars after midnight.',
      'The swimming pool will be closed for repairs from September to December.',
      'Rents have risen by eighteen percent in only three years.',
      'The mayor promised two hundred more places in kindergartens.',
      'We propose to plant five hundred trees against the summer heat.',
      'The bridge is unsafe for lorries and must be rebuilt.',
      'The motion is carried with nine votes to four.',
    ],
  },
  {
    stream: 'desktop',
    kind: 'scene',
    passages: [
      'Slack is open, channel general || Slack\n# general\nMaria: can somebody review my pull request?\nTom: on it\nThreads Huddles Direct messages',
      'A spreadsheet with monthly sales || Excel\nsales_2026.xlsx\nJanuary 12 400\nFebruary 11 950\nMarch 15 020\nTotal 39 370\nSheet1',
      'A code editor with a failing test || Visual Studio Code\ncheckout.test.ts\nAssertionError: expected 200 to equal 500\nTERMINAL PROBLEMS OUTPUT',
      'A browser shows a weather forecast || Forecast for Oslo\nTomorrow snow, minus six degrees\nWind 30 km/h\nHourly 10 days Radar',
      'An inbox with unread mail || Gmail\nInbox 14\nInvoice 4711 from Acme Ltd is overdue\nYour parcel is on its way\nCompose Starred Sent',
      'A video call with four people || Zoom Meeting\nMute Stop Video Share Screen Participants 4 Leave\n4 people visible',
      'A map with a route to the airport || Maps\n38 min without traffic\nTerminal 2 Departures\nStart Steps Avoid tolls',
      'A sign-in page that says the password is wrong || Sign in\nIncorrect password. Try again or reset it\nForgot your password?\nRemember me',
      'A slide titled Roadmap || Roadmap 2027\nQ1 mobile app\nQ2 payments in Brazil\nQ3 offline mode\nKeynote presenter notes',
      'A terminal runs a database backup || pg_dump production\nwriting 84 of 120 tables\nbackup finished in 312 s\nroot@db1',
      'A shopping cart with running shoes || Your cart\nTrail running shoes size 42\n89.90 EUR\nProceed to checkout Apply coupon',
      'An online course about photography || Lesson 3: Aperture and depth of field\nNext lesson Take the quiz\n12 of 40 completed',
    ],
  },
  {
    stream: 'camera',
    kind: 'scene',
    passages: [
      'A person with a parcel at the front door || objects: person, suitcase; 1 person visible; text: DHL',
      'A white van parks in front of the garage || objects: truck, car; colours: white, grey',
      'A dog runs over the lawn || objects: dog; colours: green, brown',
      'Two people argue next to a bicycle || objects: person, person, bicycle; 2 people visible',
      'The street is empty at night || brightness low; colours: black, navy; nobody visible',
      'A child rides a scooter || objects: person, skateboard; 1 person visible; colours: red',
      'A cat sleeps on the bench || objects: cat, bench; colours: orange',
      'Smoke rises behind the neighbour’s house || colours: grey, white; scene changed',
    ],
  },
];
