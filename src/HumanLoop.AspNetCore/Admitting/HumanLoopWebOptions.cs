using System.Security.Claims;
using HumanLoop.AspNetCore.Admitting;

namespace HumanLoop.AspNetCore;

/// <summary>Who may do what in the inbox, beyond what protects all of it.</summary>
/// <remarks>Each policy is a name that the application registered with <c>AddAuthorization</c>. One that is not set asks no more than the group does.</remarks>
public sealed class HumanLoopWebOptions
{
    /// <summary>The policy for looking: lists, scorecards, thresholds.</summary>
    /// <value>The default, <see langword="null"/>, is whoever the group lets in.</value>
    public string? ViewPolicy { get; set; }

    /// <summary>The policy for reviewing: claim, decide, release, escalate, undo. A workflow's <c>Review:Roles</c> restricts it further.</summary>
    /// <value>The default, <see langword="null"/>, is whoever the group lets in.</value>
    public string? ReviewPolicy { get; set; }

    /// <summary>The policy for the owner's say: pause, resume, approve or reject a looser threshold.</summary>
    /// <value>The default, <see langword="null"/>, is whoever the group lets in.</value>
    public string? GovernPolicy { get; set; }

    /// <summary>The policy for other people's work: assign, release in bulk, retry and settle dead letters.</summary>
    /// <value>The default, <see langword="null"/>, is whoever the group lets in.</value>
    public string? AdministerPolicy { get; set; }

    /// <summary>The policy for programs that report outcomes.</summary>
    /// <value>The default, <see langword="null"/>, is whoever the group lets in.</value>
    public string? IngestPolicy { get; set; }

    /// <summary>What an authenticated user is called as a reviewer: in the journal, in leases, and where work is assigned or escalated to somebody.</summary>
    /// <value>
    /// 1 to 200 characters, unique and lasting. The default takes the first of the claims <c>email</c>, <c>preferred_username</c>, <c>upn</c>, the name, the name
    /// identifier and <c>sub</c> that there is.
    /// A user for whom it gives nothing is refused.
    /// </value>
    public Func<ClaimsPrincipal, string?> Reviewer { get; set; } = Identification.Of;

    /// <summary>What an authenticated user can do: reviews that require more are not offered to them.</summary>
    /// <value>Codes as in <see cref="Decision{TProposal}.Requires"/>. The default takes every claim <c>skill</c>.</value>
    public Func<ClaimsPrincipal, IReadOnlyList<string>> Skills { get; set; } = user => [.. user.FindAll("skill").Select(claim => claim.Value)];
}
