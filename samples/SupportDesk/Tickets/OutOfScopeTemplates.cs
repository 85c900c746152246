namespace SupportDesk.Tickets;

/// <summary>Messages that no intent covers. They are only ever in the live stream.</summary>
internal static class OutOfScopeTemplates
{
    public static IReadOnlyList<string> Sentences { get; } =
    [
        // Jobs.
        "Are you hiring [warehouse workers|drivers|developers] in {city}?",
        "Please find attached my CV for the position in your {city} office.",
        "I am a student from {city} and would love to do an internship with you in {month}.",
        "I saw your advertisement for a marketing role, what salary do you offer?",

        // Press and research.
        "I write for a newspaper in {city} and would like to interview your founder.",
        "For a radio feature on online shopping we are looking for a spokesperson by {date}.",
        "Could you fill in a short survey for my master's thesis about sustainability?",
        "May we show your logo in our magazine?",

        // Partnership and sales.
        "We are a manufacturer of teapots and bags and would like to become one of your suppliers.",
        "Would you be open to a partnership with our travel blog?",
        "I have {amount} followers, shall we do a collaboration for your {product}?",
        "Our agency can bring your website to the top of the search results.",
        "Who is responsible for purchasing software in your company?",
        "We organise a charity run in {city} and are looking for sponsors.",

        // Spam.
        "Congratulations, you have been selected to win {amount} today, click here.",
        "Cheap loans without any checks, answer within 24 hours!!!",
        "Grow your business with our SEO package, only {amount} per month.",
        "I am a prince with a fortune to share, kindly reply in confidence.",

        // Legal, privacy and safety.
        "Under data protection law I request all the personal data that you hold about me.",
        "Please delete all of my data and confirm that in writing.",
        "My lawyer will contact you about your use of my photograph.",
        "Your advertisement in {city} is misleading and I will report it to the authority.",
        "Someone is sending fake text messages in the name of your shop.",

        // Thanks, feedback and everything else.
        "Just wanted to say that {person} from your team was wonderful.",
        "Great shop, great people, keep up the good work!",
        "Your van was parked across my driveway on {date}.",
        "Could your driver please stop blocking the gate of our school in {city}?",
        "I find the music in your store in {city} far too loud.",
        "What are the opening hours of your shop in {city}?",
        "Your website is hard to read for people with poor eyesight.",
        "Why do you wrap everything in so much plastic?",
        "Please take me off your newsletter.",
        "Your app crashes as soon as I open it.",
        "Sorry, wrong number, please ignore my last message.",
        "Who won the raffle that you held in {month}?",
        "I left a review {ago} and it has not been published.",
        "I think I left my umbrella in your {city} store.",
        "Is it true that you are closing the store in {city}?",
    ];
}
