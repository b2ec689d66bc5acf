interface Box {
  width: number
  height: number
}

/** Where a spot of a picture (0…1 each way) stands in a box that it fills, cut (`cover`), or stands whole in (`contain`); in percent. */
export function placeIn(
  spot: { x: number; y: number },
  picture: Box,
  box: Box,
  fit: 'cover' | 'contain',
): { x: number; y: number } {
  const scales = [box.width / picture.width, box.height / picture.height]
  const scale = fit === 'cover' ? Math.max(...scales) : Math.min(...scales)
  const along = (at: number, size: number, room: number) => ((at - 0.5) * size * scale) / room + 0.5
  const percent = (at: number) => Math.min(97, Math.max(3, at * 100))
  return {
    x: percent(along(spot.x, picture.width, box.width)),
    y: percent(along(spot.y, picture.height, box.height)),
  }
}
