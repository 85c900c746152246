using HumanLoop.AspNetCore.Admitting;
using HumanLoop.AspNetCore.Internal;
using HumanLoop.AspNetCore.Visiting;

namespace HumanLoop.AspNetCore.Pages;

/// <summary>Says readably why somebody was not let in, or what went wrong.</summary>
internal static class RefusalPage
{
    public static Task WriteAsync(Visit visit, Refusal refusal) =>
        visit.Http.Request.Headers.ContainsKey("HX-Request") || visit.Http.Request.Headers.ContainsKey("X-HumanLoop")
            ? visit.WritePartAsync<Notice>($"{refusal.Title}. {refusal.Detail}", refusal.Status)
            : visit.WritePageAsync<Refused>(refusal, refusal.Status);
}
