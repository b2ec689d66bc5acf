import { importsModule } from '../modules/imports/module.ts'
import type { Ground } from './ground.ts'

type ImportDeps = Parameters<typeof importsModule>[0]
type Services = { [Name in 'media' | 'posts' | 'stories']: { service: ImportDeps[Name] } }

/** What members bring along from elsewhere. */
export const wireImports = ({ engines, clock }: Ground, { media, posts, stories }: Services) =>
  importsModule({
    ...engines,
    clock,
    media: media.service,
    posts: posts.service,
    stories: stories.service,
  })
