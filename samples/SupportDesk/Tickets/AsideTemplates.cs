using static SupportDesk.Tickets.TicketIntents;

namespace SupportDesk.Tickets;

/// <summary>A second request in passing, at the end of a live ticket that is about something else.</summary>
internal static class AsideTemplates
{
    public static IReadOnlyList<IntentTemplates> Sentences { get; } =
    [
        new(WhereIsMyOrder, "when does my other parcel come?", "any news of the {product}?", "is the {product} on its way yet?"),
        new(RefundRequest, "I am waiting for a refund as well.", "what became of my refund?", "the {product} is going back to you."),
        new(ProductQuestion, "do you have the {product} in {colour}?", "is the {product} any good?", "what does the {product} cost?"),
        new(CancelOrder, "cancel the {product}.", "I no longer want the {product}.", "order {order} can be cancelled."),
        new(DamagedItem, "the {product} has a scratch.", "the {product} was a bit damaged.", "one {product} is broken."),
        new(PasswordReset, "my login is not working.", "I forgot my password again.", "how do I get a new password?"),
        new(WrongItem, "the {product} was the wrong colour.", "I also got a {product} that is not mine.", "the size is wrong, too."),
        new(ChangeAddress, "my address has changed.", "I am moving on {date}.", "I live in {city} now."),
        new(InvoiceCopy, "where is my invoice?", "I need the receipt, too.", "there was no bill."),
        new(SubscriptionCancel, "I want to end my membership.", "stop the {plan} plan, too.", "when does my subscription end?"),
        new(DoubleCharge, "why did I pay twice?", "{amount} was too much.", "check the payment, too."),
        new(GiftCard, "is my gift card still good?", "do you sell gift cards?", "I have a voucher for {amount}."),
        new(WarrantyClaim, "my old {product} has died.", "is the {product} under warranty?", "the {product} needs a repair."),
        new(ChangeEmail, "my email is {email} now.", "I have a new email.", "use my other email, please."),
    ];
}
