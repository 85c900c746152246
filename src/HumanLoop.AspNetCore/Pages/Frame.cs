using HumanLoop.AspNetCore.Visiting;

namespace HumanLoop.AspNetCore.Pages;

/// <summary>What surrounds every page.</summary>
internal sealed record Frame
{
    public Frame(Visit visit, string title, string tab)
    {
        Title = title;
        Tab = tab;
        Root = visit.Root;
        Person = visit.Person;
        var path = visit.Http.Request.Path.Value ?? "";
        Here = path[(path.LastIndexOf('/') + 1)..] is { Length: > 0 } last ? Ups(visit) + last : "./";
    }

    public string Title { get; }

    public string Tab { get; }

    public string Root { get; }

    public string Person { get; }

    /// <summary>This page's own address as seen from the base.</summary>
    public string Here { get; }

    public IReadOnlyList<(string Tab, string Address, string Label)> Tabs { get; } = [("desk", "./", "Review"), ("queue", "queue", "Queue"), ("workflows", "workflows", "Workflows")];

    private static string Ups(Visit visit) => visit.Http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries) is var segments && visit.Root == "./"
        ? ""
        : string.Join('/', segments[^(visit.Root.Length / 3 + 1)..^1]) + "/";
}
