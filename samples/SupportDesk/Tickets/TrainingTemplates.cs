using static SupportDesk.Tickets.TicketIntents;

namespace SupportDesk.Tickets;

/// <summary>The wording of last year's labelled tickets, which the model is trained on.</summary>
internal static class TrainingTemplates
{
    public static IReadOnlyList<IntentTemplates> Plain { get; } =
    [
        .. DeliveryTraining.Sentences,
        .. GoodsTraining.Sentences,
        .. MoneyTraining.Sentences,
        .. AccountTraining.Sentences,
    ];

    public static IReadOnlyList<AmbiguousTemplates> Ambiguous { get; } =
    [
        new([WhereIsMyOrder, CancelOrder, ChangeAddress, WrongItem, DamagedItem],
            "I have a question about order {order}.",
            "Problem with my order.",
            "Something is wrong with order {order}, please call me.",
            "Please check my order.",
            "I ordered something on {date} and have a question about it."),
        new([RefundRequest, DoubleCharge, GiftCard, InvoiceCopy],
            "There is a problem with my payment.",
            "Question about the amount of {amount}.",
            "The money is not right.",
            "I don't understand the {amount}.",
            "Something went wrong with my {payment} payment."),
        new([PasswordReset, ChangeEmail, SubscriptionCancel, ChangeAddress],
            "I have a problem with my account.",
            "Please update my account.",
            "My account does not work.",
            "I gave you the wrong details when I registered.",
            "Some of my data has changed."),
        new([RefundRequest, DamagedItem, WrongItem, WarrantyClaim],
            "I am not happy with the {product}.",
            "There is an issue with the {product}.",
            "I want to complain about the {product}.",
            "The {product} is a disappointment.",
            "The {product} is no good."),
        new([CancelOrder, SubscriptionCancel],
            "Please cancel.",
            "I want to cancel it.",
            "Could somebody cancel this for me?",
            "How can I cancel?"),
        new([WhereIsMyOrder, RefundRequest, WarrantyClaim, GiftCard],
            "Any news?",
            "I am still waiting.",
            "How long will it take?",
            "Nothing has happened since my last message."),
    ];
}
