namespace HumanLoop.Webhooks;

/// <summary>What became of verifying a webhook. Anything but <see cref="Valid"/> is answered with 401 and not read further.</summary>
public enum WebhookVerification
{
    /// <summary>One of the three headers is missing.</summary>
    NotSigned = 0,

    /// <summary>A header is not written as it should be.</summary>
    Malformed = 1,

    /// <summary>No signature is by one of the secrets: another sender, another secret, or another body.</summary>
    WrongSignature = 2,

    /// <summary>Rightly signed, and too long ago or too far ahead: a replay, or two clocks that differ.</summary>
    OutOfTime = 3,

    /// <summary>It is from a sender who knows the secret, it is as it was sent, and it is fresh.</summary>
    Valid = 4,
}
