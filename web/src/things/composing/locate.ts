/** About 100 m: says where, not at which door. */
const DIGITS = 3
const PATIENCE = 15_000

export type Located = { lat: number; lon: number } | { problem: 'denied' | 'unavailable' }

/** The device's position, rounded; asks for permission the first time. */
export function locate(geolocation: Geolocation | undefined = navigator.geolocation): Promise<Located> {
  return new Promise((resolve) => {
    if (!geolocation) return resolve({ problem: 'unavailable' })
    geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lat: round(coords.latitude), lon: round(coords.longitude) }),
      (error) => resolve({ problem: error.code === error.PERMISSION_DENIED ? 'denied' : 'unavailable' }),
      { maximumAge: 60_000, timeout: PATIENCE },
    )
  })
}

const round = (degrees: number) => Math.round(degrees * 10 ** DIGITS) / 10 ** DIGITS
