const EDGE = 96
/** Skin, leaf, sky, brick and paper: what people photograph, from light to dark. */
const stripes = ['#d9a583', '#7d9a4c', '#6fa3cf', '#b5533c', '#efe6d2']

let chart: HTMLCanvasElement | undefined

/** Stands in for a picture that this browser cannot show, so that filters can still be told apart. */
export function filterChart(): HTMLCanvasElement {
  if (chart) return chart
  chart = document.createElement('canvas')
  chart.width = chart.height = EDGE
  const context = chart.getContext('2d')
  if (!context) return chart
  stripes.forEach((color, index) => {
    const light = context.createLinearGradient(0, 0, 0, EDGE)
    light.addColorStop(0, '#fff')
    light.addColorStop(0.35, color)
    light.addColorStop(1, '#0c0b0a')
    context.fillStyle = light
    context.fillRect((index * EDGE) / stripes.length, 0, EDGE / stripes.length + 1, EDGE)
  })
  return chart
}
