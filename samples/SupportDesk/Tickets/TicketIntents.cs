namespace SupportDesk.Tickets;

/// <summary>The intents, and how often customers write with each of them.</summary>
internal static class TicketIntents
{
    public const string RefundRequest = "refund_request";
    public const string WhereIsMyOrder = "where_is_my_order";
    public const string CancelOrder = "cancel_order";
    public const string ChangeAddress = "change_address";
    public const string DamagedItem = "damaged_item";
    public const string WrongItem = "wrong_item";
    public const string InvoiceCopy = "invoice_copy";
    public const string PasswordReset = "password_reset";
    public const string ChangeEmail = "change_email";
    public const string SubscriptionCancel = "subscription_cancel";
    public const string DoubleCharge = "double_charge";
    public const string GiftCard = "gift_card";
    public const string WarrantyClaim = "warranty_claim";
    public const string ProductQuestion = "product_question";

    /// <summary>Belongs to none of the labels: the model was never taught it and cannot answer it.</summary>
    public const string OutOfScope = "out_of_scope";

    private static readonly (string Intent, int Weight)[] s_weights =
    [
        (WhereIsMyOrder, 16),
        (RefundRequest, 12),
        (ProductQuestion, 10),
        (CancelOrder, 8),
        (DamagedItem, 8),
        (PasswordReset, 8),
        (WrongItem, 6),
        (ChangeAddress, 6),
        (InvoiceCopy, 5),
        (SubscriptionCancel, 5),
        (DoubleCharge, 5),
        (GiftCard, 4),
        (WarrantyClaim, 4),
        (ChangeEmail, 3),
    ];

    /// <summary>The labels that the model knows, the commonest first.</summary>
    public static IReadOnlyList<string> All { get; } = [.. s_weights.Select(weighted => weighted.Intent)];

    private static readonly int s_total = s_weights.Sum(static entry => entry.Weight);

    /// <summary>The labels that the model knows, the most frequent first.</summary>
    public static IReadOnlyList<string> Known { get; } = [.. s_weights.Select(static entry => entry.Intent)];

    /// <summary>Draws a known intent, the frequent ones more often.</summary>
    public static string Draw(Random random)
    {
        var left = random.Next(s_total);
        foreach (var (intent, weight) in s_weights)
        {
            left -= weight;
            if (left < 0)
            {
                return intent;
            }
        }

        throw new InvalidOperationException("The weights do not add up to their total.");
    }
}
