using Club.Access;
using Club.Kernel;
using Club.Partners;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Partners 合作伙伴, and what was agreed with them.</summary>
public sealed class PartnerFunctions(PartnerBook partners)
{
    [Function("NamePartner")]
    [Needs(Right.ManagePartners)]
    public async Task<IResult> Name([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "partners/{code}")] HttpRequest request, string code,
        CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, PartnerRequests.ReadName, cancellation, named: false);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        return Answer(await partners.Name(code, wanted.Value.Wanted, wanted.Value.Caller, cancellation));
    }

    [Function("Agree")]
    [Needs(Right.ManagePartners)]
    public async Task<IResult> Agree(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "partners/{code}/agreements")] HttpRequest request, string code,
        CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, PartnerRequests.ReadAgreement, cancellation, named: false);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        return Answer(await partners.Agree(code, wanted.Value.Wanted, wanted.Value.Caller, cancellation));
    }

    [Function("Partner")]
    [Needs(Right.ReadPartners)]
    public async Task<IResult> Find([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "partners/{code}")] HttpRequest request, string code,
        CancellationToken cancellation) =>
        await partners.Find(code, Http.CallerOf(request), cancellation) is { } found ? Http.Json(found) : Http.NotFound($"Partner \"{code}\"");

    [Function("Partners")]
    [Needs(Right.ReadPartners)]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "partners")] HttpRequest request,
        CancellationToken cancellation) =>
        await Http.Page(request, (limit, continuation) => partners.List(Http.CallerOf(request), limit, continuation, cancellation));

    private static IResult Answer(Outcome<(PartnerView Partner, bool IsNew)> done) => done.Problem is { } problem ? Http.Problem(problem)
        : Http.Json(done.Value.Partner, done.Value.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
}
