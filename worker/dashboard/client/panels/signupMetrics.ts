/** The metrics of new users on the page Onboarding, in the order of their cards. */
export const SIGNUP_METRICS = ['signups', 'activation_rate', 'time_to_value'] as const
