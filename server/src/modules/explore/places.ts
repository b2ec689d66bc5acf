/** The name of a place as names are compared; nothing where there is none. */
export const placeKey = (location: { name: string } | null): string | null =>
  location?.name.normalize('NFKC').trim().toLowerCase().slice(0, 200) || null
