import { face, type Group, member, post, shot } from '../script.ts'

/** Those who walk uphill. */
export const hills: Group = [
  member(
    'marta.fells',
    'Marta Lindqvist',
    'Hills, weather, wet boots. Mostly north of wherever I am.',
    face('lone-peak', 0.5, 0.5, 0.6),
    [
      post('lone-peak', 'Two hours of sleet, four minutes of this. #scotland #mountains', {
        place: 'Glen Coe',
        talk: [
          [
            'tomas.ridge',
            'The light just on the summit! Did you wait for it?',
            ['marta.fells', 'I was eating a sandwich with my back to it. Turned round by chance.'],
          ],
          ['salt.and.slate', 'The stones in the foreground make it.'],
          ['robin.vale', 'Printing this one large for the club room, if I may?', ['marta.fells', 'You may!']],
        ],
      }),
      post(
        shot('green-glen', { ratio: '16:9' }),
        'Single track, passing places, and nobody to let pass. #scotland #roads',
        {
          place: 'Quiraing, Isle of Skye',
          talk: [
            [
              'bici.bella',
              'That road on a bicycle, please.',
              ['marta.fells', 'The wind has opinions about that.'],
            ],
          ],
        },
      ),
      post('fjord', 'It rained for three days. On the fourth the water stood still. #reflection', {
        place: 'Milford Sound',
        talk: [
          ['anouk.lacs', 'I would have said it is a lake. What a mirror.'],
          [
            'old.pines',
            'Beautiful tones in the clouds. Did you darken them?',
            ['marta.fells', 'Only what the polariser did.'],
          ],
        ],
      }),
      post(
        shot('green-glen', {
          ratio: '4:5',
          at: [0.92, 0.4],
          filter: 'fern',
          alt: 'Dark cliff with moss and grass above a hill road',
        }),
        'Same glen, the wall above the road. Moss has no wrong angle.',
      ),
      post(
        [
          shot('lone-peak', { ratio: '1:1', at: [0.5, 0.5], filter: 'selenium' }),
          shot('fjord', { ratio: '1:1', at: [0.6, 0.5], filter: 'selenium' }),
          shot('green-glen', { ratio: '1:1', at: [0.4, 0.5], filter: 'selenium' }),
        ],
        'Three walks of this year, toned the same to see whether they belong together. I think they do. #blackandwhite',
        {
          talk: [
            ['plate.house', 'They do. The square helps.'],
            ['ines.altura', 'Second one wins for me.'],
          ],
        },
      ),
    ],
  ),
  member(
    'tomas.ridge',
    'Tomáš Havel',
    'Ridge lines and long days. I carry too much glass.',
    face('ridge', 0.5, 0.55, 0.5),
    [
      post('ridge', 'An hour after this it was pouring. Go early. #ridge #hiking', {
        talk: [
          [
            'ines.altura',
            'That path! How wide is it really?',
            ['tomas.ridge', 'Two boots and a bit of trust.'],
          ],
          ['marta.fells', 'Golden. Go early is the whole secret.'],
          ['nils.north', 'Adding this to the list.'],
        ],
      }),
      post(
        'valley-road',
        'Half an hour of beams over the reservoir, then lead-grey for the rest of the week.',
        {
          talk: [['far.lights', 'Crepuscular rays. Same physics as my nebulae, nearer.']],
        },
      ),
      post(
        shot('ridge', { ratio: '4:5', at: [0.45, 0.6], zoom: 0.75, filter: 'amber' }),
        'A tighter frame of the ridge. The small figure keeps the scale honest.',
        {
          talk: [['lines.and.light', 'This crop is the stronger one.']],
        },
      ),
      post(
        shot('valley-road', { ratio: '16:9', at: [0.5, 0.25], filter: 'harbor' }),
        'Sky only, more or less. #clouds',
      ),
    ],
  ),
  member(
    'ines.altura',
    'Inês Carvalho',
    'Altitude photographer, sea-level sleeper.',
    face('white-peaks', 0.5, 0.5, 0.55),
    [
      post(
        'white-peaks',
        'Above the cloud the day was already hot. Below it nobody believed us. #mountains #inversion',
        {
          talk: [
            [
              'tomas.ridge',
              'That tooth in the middle has a name, I hope?',
              ['ines.altura', 'We called it names on the way up.'],
            ],
            ['pale.blue', 'From above everything is an ocean.'],
            ['old.pines', 'The cloud sea at the lower left is so fine. Hard to expose.'],
          ],
        },
      ),
      post('dark-peaks', 'Camp, ten past eight. Venus came out before the stove was hot. #stars', {
        talk: [
          [
            'moon.notes',
            'And a planet below it, if I read it right!',
            ['ines.altura', 'Mars, says the app.'],
          ],
        ],
      }),
      post('red-range', 'Ninety seconds of alpenglow. I have the other eighty-nine as well. #alpenglow', {
        talk: [
          ['hollis.atx', 'It looks lit from inside.'],
          ['marta.fells', 'Reds like that do not survive most screens. This did.'],
        ],
      }),
      post(
        shot('white-peaks', { ratio: '4:5', at: [0.55, 0.3], filter: 'daguerre' }),
        'The same tower as a plate from 1850 might have had it. #tintype',
        {
          talk: [['plate.house', 'The plate would have needed a mule. I approve all the same.']],
        },
      ),
      post(
        [shot('dark-peaks', { ratio: '16:9' }), shot('red-range', { ratio: '16:9', at: [0.5, 0.6] })],
        'Blue hour, red hour. Swipe.',
      ),
    ],
  ),
  member(
    'old.pines',
    'Ruth Calder',
    'Film, fog, forest. Prints on request.',
    face('fog-forest', 0.2, 0.6, 0.5),
    [
      post('fog-forest', 'Roll 212, frame 7. Developed in the kitchen sink. #film #fog', {
        talk: [
          [
            'robin.vale',
            'The separation between the bands is lovely. What developer?',
            ['old.pines', 'HC-110, dilution B, and patience.'],
          ],
          ['marta.fells', 'I can smell this picture.'],
        ],
      }),
      post('cloud-ridge', 'The valley filled up like a bath. #film #blackandwhite', {
        talk: [['ines.altura', 'And the one island left. Perfect.']],
      }),
      post('mist-forest', 'Colour, for once. There was barely any.', {
        talk: [['leaf.edge', 'Green is a colour, Ruth.', ['old.pines', 'Noted.']]],
      }),
      post(
        'snow-slope',
        'First frost on the upper firs. The lower ones pretend not to have noticed. #winter',
        {
          talk: [
            ['nils.north', 'That diagonal!'],
            ['solveig.n', 'Already? Not here yet.'],
          ],
        },
      ),
      post(
        shot('mist-forest', { ratio: '1:1', at: [0.75, 0.6], filter: 'noir' }),
        'One tree stands out if you let it.',
      ),
      post(
        shot('fog-forest', { ratio: '4:5', at: [0.15, 0.5], filter: 'cyanotype' }),
        'Cyanotype of the fog negative, still damp.',
        {
          talk: [['botanica.1928', 'Blue suits fog. Ferns would like this too.']],
        },
      ),
    ],
  ),
  member('nils.north', 'Nils Aalto', 'National parks on a shoestring.', face('deer', 0.78, 0.9, 0.32), [
    post('deer', 'They looked up once, found me dull, and went on eating. #wildlife #yosemite', {
      place: 'Yosemite Valley',
      talk: [
        ['pony.post', 'The antlers against the grass!'],
        [
          'small.wings',
          'How far away were you?',
          ['nils.north', 'Sixty metres and a long lens. They set the distance.'],
        ],
        ['old.pines', 'Look at the row of pines behind. Every one a different green.'],
      ],
    }),
    post('starlit-cliff', 'Moonlight did the lighting, I only held the shutter down. #night #yosemite', {
      place: 'Yosemite Valley',
      talk: [
        [
          'moon.notes',
          'A half moon behind you, by the shadows?',
          ['nils.north', 'First quarter, yes. Impressive.'],
        ],
      ],
    }),
    post('tahoe', 'Last lift up, first coffee down. #snow', {
      place: 'Lake Tahoe',
      talk: [['anouk.lacs', 'And the lake lies there like another sky.']],
    }),
    post('green-valley', 'Six hours to the hut and this was the third. #newzealand', {
      place: 'Routeburn Track',
      talk: [['tomas.ridge', 'I would have stopped there and declared it the hut.']],
    }),
    post(
      shot('deer', { ratio: '1:1', at: [0.85, 1], zoom: 0.5, alt: 'Two deer feeding in tall golden grass' }),
      'A closer look at the two of them.',
      {
        talk: [['pony.post', 'Ears like radar dishes.']],
      },
    ),
  ]),
]
