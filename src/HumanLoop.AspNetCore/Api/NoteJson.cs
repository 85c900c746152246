namespace HumanLoop.AspNetCore.Api;

internal sealed record NoteJson(string By, DateTimeOffset At, string Text);
