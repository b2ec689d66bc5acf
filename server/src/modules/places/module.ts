import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import { Atlas } from './atlas.ts'
import { placeHandlers } from './handlers.ts'
import { type PlaceDeps, Places } from './places.ts'

/** Where posts are from: pages of places, with maps, and what places are called. */
export function placesModule(
  deps: Omit<PlaceDeps, 'atlas'> & Pick<Parameters<typeof placeHandlers>[0], 'posts'>,
): ModuleParts {
  const places = new Places({ ...deps, atlas: new Atlas() })
  return {
    personal: { tables: {}, sections: [] },
    routes: bind('places', placeHandlers({ places, posts: deps.posts })),
    consumers: [],
    schedules: [],
    rebuilds: [],
    erase: async () => {},
  }
}
