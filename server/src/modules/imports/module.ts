import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import { Checking } from './checking.ts'
import { importConsumers } from './consumers.ts'
import type { ImportDeps } from './deps.ts'
import { importHandlers } from './handlers.ts'
import { Imports } from './imports.ts'
import { importKind } from './notices.ts'
import { importsData } from './personal-store.ts'
import { Running } from './running.ts'

export { importNotices } from './notices.ts'

/** What members bring along from elsewhere. */
export function importsModule(deps: ImportDeps): ModuleParts {
  const imports = new Imports(deps)
  return {
    routes: bind('imports', importHandlers(imports)),
    consumers: importConsumers(new Checking(deps), new Running(deps)),
    personal: importsData(deps.db),
    subjects: [importKind(deps)],
    rebuilds: [],
    schedules: [{ name: 'imports.collect', everySeconds: 600, run: (signal) => imports.collect(signal) }],
    erase: (member) => imports.erase(member),
  }
}
