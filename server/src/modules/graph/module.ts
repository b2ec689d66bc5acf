import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import { Circles } from './circles.ts'
import { graphConsumers } from './consumers.ts'
import { circleHandlers, graphHandlers, interactionLimitHandlers, viewingHandlers } from './handlers.ts'
import { InteractionLimiting } from './interaction-limit.ts'
import { GraphLists } from './lists.ts'
import { graphNotices } from './notices.ts'
import { graphData } from './personal-store.ts'
import { type GraphQuestions, PostgresGraphQuestions } from './questions.ts'
import { type GraphDeps, GraphService } from './service.ts'
import { GraphUpkeep } from './upkeep.ts'
import { Viewing } from './viewing.ts'

export function graphModule(
  deps: GraphDeps,
): ModuleParts & { service: GraphService; circles: Circles; upkeep: GraphUpkeep; questions: GraphQuestions } {
  const { db, clock, members } = deps
  const service = new GraphService(deps)
  const circles = new Circles({ ...deps, graph: service })
  const limiting = new InteractionLimiting(deps)
  const upkeep = new GraphUpkeep({ db, clock, members, circles, graph: service })
  return {
    service,
    circles,
    upkeep,
    questions: new PostgresGraphQuestions(db),
    personal: graphData(db),
    routes: [
      ...bind('graph', graphHandlers(service, new GraphLists({ db, members, reader: service }))),
      ...bind('circles', circleHandlers(circles)),
      ...bind('interactionLimit', interactionLimitHandlers(limiting)),
      ...bind('viewing', viewingHandlers(new Viewing(deps))),
    ],
    consumers: graphConsumers(upkeep),
    erase: (member, signal) => upkeep.eraseMember(member, signal),
    notices: graphNotices(service),
    rebuilds: [{ name: 'follow-counts', run: (signal) => upkeep.recountAll(signal) }],
    schedules: [
      { name: 'graph.counts', everySeconds: 600, run: (signal) => upkeep.sweepCounts(signal) },
      { name: 'graph.snoozes', everySeconds: 600, run: (signal) => upkeep.endSnoozes(signal) },
      { name: 'graph.limits', everySeconds: 600, run: (signal) => limiting.endDue(signal) },
    ],
  }
}
