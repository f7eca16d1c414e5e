using Club.Access;
using Club.Kernel;
using Club.Reports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Files that staff have made and fetch.</summary>
public sealed class FileFunctions(Statements statements, IFiles files)
{
    [Function("MemberStatement")]
    [Needs(Right.MakeStatements)]
    public async Task<IResult> Statement(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "members/{id}/statements")] HttpRequest request, string id,
        CancellationToken cancellation)
    {
        var month = await Http.Read(request, Statements.Read, cancellation);
        if (month.Problem is { } wrong) return Http.Problem(wrong);
        var made = await statements.Make(new MemberId(id), month.Value, cancellation);
        if (made.Problem is { } problem) return Http.Problem(problem);
        return Http.Json(new { file = made.Value.Name.Value }, made.Value.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    /// <summary>The name has slashes, so it takes the rest of the path.</summary>
    [Function("File")]
    [Needs(Right.ReadFiles)]
    public async Task<IResult> File([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "files/{*name}")] HttpRequest request,
        string? name, CancellationToken cancellation)
    {
        var parsed = FileName.Parse(name ?? "");
        if (parsed.Problem is { } problem) return Http.Problem(problem);
        return await files.Open(parsed.Value, cancellation) is { } file
            ? Results.Stream(file.Content, file.ContentType, parsed.Value.LastPart)
            : Http.NotFound($"File \"{name}\"");
    }
}
