import { GRAINS, SHARPEN_STEPS } from '@tintype/contract/filter-texture'

/** Covers the canvas with one triangle; `at` is 0…1 from the top left of the frame. */
export const vertexShader = `#version 300 es
out vec2 at;
void main() {
  vec2 corner = vec2(gl_VertexID == 1 ? 2.0 : 0.0, gl_VertexID == 2 ? 2.0 : 0.0);
  at = corner;
  gl_Position = vec4(corner.x * 2.0 - 1.0, 1.0 - corner.y * 2.0, 0.0, 1.0);
}`

/**
 * The contract's \`applyToPixels\` on the graphics card: away from the neighbours, matrix on 0…1, rounded to a level as there,
 * tables by level, vignettes by distance from the middle, grain by place.
 */
export const fragmentShader = `#version 300 es
precision highp float;
precision highp int;
uniform sampler2D picture;
uniform sampler2D tables; // 256 x 1, a channel each
uniform mat3x2 placement; // from the frame to the picture
uniform vec2 canvasSize;
uniform float sharpening;
uniform mat3 mixing;
uniform vec3 offset;
uniform vec4 vignetteColor[2]; // a: amount
uniform vec2 vignetteReach[2]; // inner, outer
uniform float graining;
in vec2 at;
out vec4 result;

vec4 seen(vec2 place) {
  return texture(picture, placement * vec3(clamp(place, 0.5 / canvasSize, 1.0 - 0.5 / canvasSize), 1.0));
}

vec3 sharpened(vec3 own, vec2 step) {
  vec3 around = seen(at + vec2(step.x, 0.0)).rgb + seen(at - vec2(step.x, 0.0)).rgb
    + seen(at + vec2(0.0, step.y)).rgb + seen(at - vec2(0.0, step.y)).rgb;
  return clamp(own + sharpening * (own - around / 4.0), 0.0, 1.0);
}

float noise(ivec2 place) {
  uint hash = uint(place.x) * 0x1f123bb5u ^ uint(place.y) * 0x5f356495u;
  hash = (hash ^ (hash >> 15)) * 0x2c1b3c6du;
  hash = (hash ^ (hash >> 12)) * 0x297a2d39u;
  hash ^= hash >> 15;
  return float((hash & 0xffffu) + (hash >> 16)) / 65535.0 - 1.0;
}

void main() {
  float longest = max(canvasSize.x, canvasSize.y);
  vec4 pixel = seen(at);
  if (sharpening > 0.0) pixel.rgb = sharpened(pixel.rgb, longest / ${SHARPEN_STEPS}.0 / canvasSize);
  ivec3 level = ivec3(clamp(mixing * pixel.rgb + offset, 0.0, 1.0) * 255.0 + 0.5);
  vec3 color = vec3(
    texelFetch(tables, ivec2(level.r, 0), 0).r,
    texelFetch(tables, ivec2(level.g, 0), 0).g,
    texelFetch(tables, ivec2(level.b, 0), 0).b);
  vec2 away = at * 2.0 - 1.0;
  for (int i = 0; i < 2; i++) {
    float reach = smoothstep(vignetteReach[i].x, vignetteReach[i].y, sqrt(dot(away, away) / 2.0));
    color = mix(color, vignetteColor[i].rgb, vignetteColor[i].a * reach);
  }
  float light = dot(color, vec3(0.2126, 0.7152, 0.0722));
  color += graining * 4.0 * light * (1.0 - light) * noise(ivec2(at * canvasSize * ${GRAINS}.0 / longest));
  result = vec4(color, pixel.a);
}`
