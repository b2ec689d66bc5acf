import type { Place } from '@tintype/contract'

/** Where the demo's photographs were taken. Latitude and longitude in degrees. */
const positions = {
  'Austin, Texas': [30.267, -97.743],
  Burano: [45.485, 12.417],
  Chioggia: [45.219, 12.279],
  'Glen Coe': [56.682, -5.102],
  'Jurassic Coast, Dorset': [50.621, -2.277],
  'Lake Geneva': [46.45, 6.55],
  'Lake Pukaki': [-44.1, 170.16],
  'Lake Tahoe': [39.096, -120.032],
  Louvre: [48.861, 2.336],
  'Margaret Bridge': [47.515, 19.044],
  'Milford Sound': [-44.641, 167.897],
  'New York': [40.713, -74.006],
  'Peyto Lake': [51.725, -116.518],
  'Phare du Petit Minou': [48.337, -4.614],
  'Pont au Change': [48.857, 2.346],
  'Ponte dei Sospiri': [45.434, 12.341],
  'Quiraing, Isle of Skye': [57.643, -6.265],
  'Routeburn Track': [-44.72, 168.17],
  'St. Stephen’s Basilica': [47.501, 19.054],
  Venice: [45.438, 12.336],
  'Yosemite Valley': [37.746, -119.593],
} as const
export type PlaceName = keyof typeof positions

export function placeNamed(name: PlaceName): Place {
  const [lat, lon] = positions[name]
  return { name, lat, lon }
}
