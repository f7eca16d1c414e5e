using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>The contract, as files beside the binaries.</summary>
public sealed class DescriptionFunctions
{
    [Function("OpenApi")]
    [Open("it is a public document")]
    public IResult OpenApi([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.yaml")] HttpRequest request) =>
        Yaml("openapi.yaml");

    [Function("AsyncApi")]
    [Open("it is a public document")]
    public IResult AsyncApi([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "asyncapi.yaml")] HttpRequest request) =>
        Yaml("asyncapi.yaml");

    private static IResult Yaml(string name) => Results.File(Path.Combine(AppContext.BaseDirectory, "docs", name), "application/yaml");
}
