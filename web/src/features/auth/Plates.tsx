import styles from './Plates.module.css'

/** Plates pinned to a dark wall under the safelight: nobody's pictures, only their shapes. */
export function Plates() {
  return (
    <svg
      className={styles.plates}
      viewBox="0 0 600 800"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
    >
      <defs>
        <radialGradient id="glow" cx="50%" cy="38%" r="60%">
          <stop offset="0" stopColor="#ff5a3c" stopOpacity="0.34" />
          <stop offset="1" stopColor="#ff5a3c" stopOpacity="0" />
        </radialGradient>
        <linearGradient id="silver" x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#fff" stopOpacity="0.11" />
          <stop offset="0.5" stopColor="#fff" stopOpacity="0.035" />
          <stop offset="1" stopColor="#fff" stopOpacity="0.08" />
        </linearGradient>
        <path id="plate" d="M14 0h112l14 14v152l-14 14H14L0 166V14z" />
      </defs>
      <rect width="600" height="800" fill="url(#glow)" />
      <g fill="url(#silver)" stroke="#fff" strokeOpacity="0.13">
        <use href="#plate" transform="translate(38 70) rotate(-7 70 90)" />
        <use href="#plate" transform="translate(424 44) rotate(6 70 90)" />
        <use href="#plate" transform="translate(230 -96) rotate(2 70 90)" />
        <use href="#plate" transform="translate(-62 300) rotate(5 70 90)" />
        <use href="#plate" transform="translate(520 296) rotate(-6 70 90)" />
        <use href="#plate" transform="translate(52 560) rotate(6 70 90)" />
        <use href="#plate" transform="translate(410 560) rotate(-5 70 90)" />
        <use href="#plate" transform="translate(230 690) rotate(2 70 90)" />
      </g>
      <g fill="none" stroke="#fff" strokeOpacity="0.16">
        <ellipse cx="108" cy="160" rx="38" ry="50" transform="rotate(-7 108 160)" />
        <ellipse cx="494" cy="134" rx="38" ry="50" transform="rotate(6 494 134)" />
        <path d="M74 664l28-34 22 26 12-12 26 30" transform="rotate(6 122 650)" />
        <circle cx="144" cy="622" r="8" />
        <path d="M438 668c14-30 70-30 84 0" transform="rotate(-5 480 650)" />
        <circle cx="478" cy="620" r="18" />
      </g>
    </svg>
  )
}
