import { expect, it } from 'vitest'
import { flameText } from './flame.ts'

const frame = (functionName: string, url = '') => ({ functionName, url })
const ours = (functionName: string) =>
  frame(functionName, 'file:///somewhere/server/src/modules/feed/pages.ts')

it('draws who called whom for how long, of the time asked for, and sums up by place', () => {
  const profile = {
    nodes: [
      { id: 1, callFrame: frame('(root)'), children: [2, 3, 6] },
      { id: 2, callFrame: frame('(idle)') },
      { id: 3, callFrame: ours('home'), children: [4, 5] },
      { id: 4, callFrame: frame('parse', 'file:///x/node_modules/@scope/lib/a.js') },
      { id: 5, callFrame: frame('writev') },
      // Counted twice by V8: the same function from the same place.
      { id: 6, callFrame: ours('home') },
    ],
    startTime: 0,
    endTime: 1000,
    samples: [3, 2, 4, 5, 6],
    timeDeltas: [100, 500, 100, 200, 100],
  }
  expect(flameText(profile, 900).split('\n')).toEqual([
    ' 50.0 %  native',
    ' 25.0 %  modules/feed',
    ' 25.0 %  @scope/lib',
    '',
    '100.0 %  home  modules/feed',
    ' 50.0 %    writev  native',
    ' 25.0 %    parse  @scope/lib',
  ])
})
