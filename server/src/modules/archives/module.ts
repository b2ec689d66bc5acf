import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import { ArchiveLinks } from './archive-links.ts'
import { archiveConsumers } from './consumers.ts'
import type { ArchiveDeps } from './deps.ts'
import { archiveDownload } from './download.ts'
import { Exports } from './exports.ts'
import { exportHandlers } from './handlers.ts'
import { ArchiveMails } from './mails.ts'
import { Making } from './making.ts'
import { exportKind } from './notices.ts'
import { archivesData } from './personal-store.ts'

export { archiveNotices } from './notices.ts'

/** Everything of a member in one file, to be taken along. */
export function archivesModule(deps: ArchiveDeps): ModuleParts {
  const links = new ArchiveLinks(deps)
  const exports = new Exports(deps, links)
  return {
    routes: bind('exports', exportHandlers(exports)),
    plugin: archiveDownload({ ...deps, links }),
    consumers: archiveConsumers(new Making(deps), new ArchiveMails(deps)),
    subjects: [exportKind(deps)],
    personal: archivesData(deps.db),
    rebuilds: [],
    schedules: [{ name: 'archives.collect', everySeconds: 600, run: (signal) => exports.collect(signal) }],
    erase: (member) => exports.erase(member),
  }
}
