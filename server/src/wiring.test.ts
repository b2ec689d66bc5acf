import { operations } from '@tintype/contract'
import { startSystem } from '@tintype/testkit'
import { expect, test } from 'vitest'

test('every route of the contract has one handler', async () => {
  await using started = await startSystem()
  const bound = started.system.routes.map((binding) => binding.operation)
  expect(bound.sort()).toEqual(Object.keys(operations).sort())
})
