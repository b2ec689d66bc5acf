import { queryOptions } from '@tanstack/react-query'
import { api } from '../../data/client.ts'
import { postList } from '../../data/posts.ts'

export const placeQuery = (place: string) =>
  queryOptions({
    queryKey: ['place', place],
    queryFn: ({ signal }) => api.places.get({ params: { place }, signal }),
    staleTime: 5 * 60_000,
  })

export const placeFeed = (place: string) =>
  postList(['place-posts', place], (query, signal) => api.places.posts({ params: { place }, query, signal }))
