import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amend, endStroke, type History, record, redo, startHistory, undo } from './history.ts'

describe('history', () => {
  it('goes back and forth', () => {
    let history = startHistory(1)
    history = record(record(history, 2), 3)
    expect(undo(history).present).toBe(2)
    expect(undo(undo(undo(history))).present).toBe(1)
    expect(redo(undo(history)).present).toBe(3)
    expect(redo(history)).toBe(history)
  })

  it('takes one drag as one step', () => {
    let history = startHistory(0)
    for (const value of [1, 2, 3]) history = record(history, value, 'brightness')
    expect(undo(history).present).toBe(0)
    history = record(endStroke(history), 4, 'brightness')
    expect(undo(history).present).toBe(3)
  })

  it('forgets the undone once something new is done', () => {
    const history = record(undo(record(startHistory('a'), 'b')), 'c')
    expect(redo(history).present).toBe('c')
  })

  it('makes no step of a change to the same', () => {
    const history = startHistory('a')
    expect(record(history, 'a')).toBe(history)
  })

  it('amends every state alike', () => {
    const history = amend(undo(record(startHistory(1), 2)), (n) => n * 10)
    expect(history.present).toBe(10)
    expect(redo(history).present).toBe(20)
  })

  it('loses nothing: as many undos as steps lead to the start, as many redos to the end', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 50 }), (values) => {
        let history: History<object> = startHistory({})
        const start = history.present
        const states = values.map((value) => ({ value }))
        for (const state of states) history = record(history, state)
        for (const _ of states) history = undo(history)
        expect(history.present).toBe(start)
        for (const _ of states) history = redo(history)
        expect(history.present).toBe(states.at(-1) ?? start)
      }),
    )
  })
})
