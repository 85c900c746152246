namespace HumanLoop.Webhooks;

/// <summary>Where one webhook is sent, what of, and when. Bound from <c>HumanLoop:Webhooks:{name}</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>Where messages are posted: an absolute https address without user name and fragment. http is taken only with
    /// <see cref="AllowPrivateAddresses"/>.</summary>
    /// <value>Required; the default is empty.</value>
    public string Url { get; set; } = "";

    /// <summary>The secrets that messages are signed with, each <c>whsec_</c> and 24 to 64 bytes as Base64. A message carries one signature for each: to change a
    /// secret, add the new one, let receivers follow, then take the old one out.</summary>
    /// <value>1 to 5; required. The default is empty.</value>
    public IList<string> Secrets { get; } = [];

    /// <summary>Which types are sent: names of <see cref="WebhookEvents"/>.</summary>
    /// <value>Empty, the default, means <see cref="WebhookEvents.ForOwners"/>.</value>
    public IList<string> Events { get; } = [];

    /// <summary>About which workflows.</summary>
    /// <value>Empty, the default, means all.</value>
    public IList<string> Workflows { get; } = [];

    /// <summary>For how long events of one kind are gathered into one message. What happens once, such as an alarm, is sent at once.</summary>
    /// <value>From 100 milliseconds to 1 day; the default is 1 minute.</value>
    public TimeSpan Digest { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>When nothing but alarms is sent.</summary>
    /// <value>The default has neither beginning nor end: there are no quiet hours.</value>
    public QuietHoursOptions Quiet { get; } = new();

    /// <summary>Puts what a review says (proposal, briefing, link, comment) into <see cref="WebhookEvents.ReviewRequested"/> and
    /// <see cref="WebhookEvents.ReviewDecided"/>. What left the store cannot be erased any more.</summary>
    /// <value>The default is <see langword="false"/>: ids only.</value>
    public bool IncludePayload { get; set; }

    /// <summary>An address for people, such as the inbox, that every message carries as <c>link</c>.</summary>
    /// <value>An absolute http or https address; the default, <see langword="null"/>, is none.</value>
    public string? Link { get; set; }

    /// <summary>Lets messages go to loopback, private and other addresses that are not on the public internet, and over http.</summary>
    /// <value>The default is <see langword="false"/>: such an address is refused, also when a public name resolves to it.</value>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>How long one attempt may take until its answer begins.</summary>
    /// <value>From 1 to 30 seconds; the default is 20 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);
}
