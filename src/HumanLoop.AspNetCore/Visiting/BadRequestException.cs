namespace HumanLoop.AspNetCore.Visiting;

/// <summary>A call that asks for something that there is not, or says something that cannot be read.</summary>
internal sealed class BadRequestException(int status, string code, string title, string detail) : Exception(detail)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public string Title { get; } = title;

    public static BadRequestException Of(string detail) => new(400, "bad_request", "The request cannot be read", detail);

    public static BadRequestException NotFound(string detail) => new(404, "not_found", "There is no such thing", detail);
}
