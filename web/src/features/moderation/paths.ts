/** Of all that moderators look at, as the router knows it. */
export const moderationPath = '/moderation/{-$section}/{-$of}/{-$id}'
