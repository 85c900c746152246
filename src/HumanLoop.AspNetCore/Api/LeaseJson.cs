namespace HumanLoop.AspNetCore.Api;

internal sealed record LeaseJson(string Holder, DateTimeOffset Until);
