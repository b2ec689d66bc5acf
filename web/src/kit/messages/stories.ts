/** Of what screens show of stories from the start; the viewer and its kin bring their own table along. */
export const storyMessages = {
  'tray.title': 'Stories',
  'tray.own': 'Your story',
  'tray.add': 'Add to your story',
  'tray.of': 'Story of {name}',
  'tray.unseen': 'Story of {name}, not seen yet',
  'tray.friends': 'Story of {name} for close friends, not seen yet',
  'tray.back': 'Earlier in the row',
  'tray.on': 'Further in the row',
  'nav.archive': 'Story archive',
  'highlights.title': 'Highlights',
  'highlights.new': 'New',
  'highlights.make': 'New highlight',
  'highlights.open': 'Highlight {title}',
  'settings.stories': 'Stories',
  'profile.muteStories': 'Mute stories',
  'profile.unmuteStories': 'Unmute stories',
} as const
