namespace SupportDesk.Tickets;

/// <summary>What people write around their request: says who they are and how they feel, never what they want.</summary>
internal static class AmbientPhrases
{
    public static readonly string[] Openings =
    [
        "Hi,", "Hello,", "Hi there,", "Hey,", "Good morning,", "Good afternoon,", "Good evening,", "Dear support team,",
        "Dear Sir or Madam,", "Hello team,", "To whom it may concern,", "Hi everyone,", "Hello again,", "Hey guys,",
    ];

    public static readonly string[] Contexts =
    [
        "I hope you are having a good day.",
        "This is already my second message.",
        "I tried to call you but nobody answered.",
        "I have been a customer for years.",
        "Your chat bot could not help me.",
        "I have looked through your help pages without luck.",
        "Sorry for bothering you.",
        "I am writing from my phone, so I will keep it short.",
        "This is rather urgent.",
        "I have never had a problem with you before.",
        "I am really [annoyed|disappointed|frustrated].",
        "This is getting ridiculous.",
        "Maybe I am just being silly here.",
        "My [husband|wife|daughter|son|colleague] told me to write to you.",
    ];

    public static readonly string[] Closings =
    [
        "Thanks!", "Thank you.", "Thanks in advance, {person}", "Best regards, {person}", "Kind regards, {person}",
        "Please help.", "Please answer soon.", "Looking forward to your reply.", "Cheers, {person}", "Many thanks",
        "Please get back to me as soon as possible.", "This is urgent!", "What can you do for me?", "Can you look into it?",
        "Let me know if you need anything else.", "{person}", "I expect an answer today.", "Thank you for your help.",
    ];

    public static readonly string[] Connectors =
    [
        "Also,", "And another thing:", "By the way,", "One more thing.", "While I am at it:", "Besides,", "P.S.", "Second point:",
        "Oh, and",
    ];
}
